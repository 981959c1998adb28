/** The version of this skein, by semantic versioning. */
export const VERSION = "0.1.0";

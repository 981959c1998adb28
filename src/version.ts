/** Which skein this is: the one place that a release changes. */

/** The version, by semantic versioning. */
export const VERSION = "0.1.0";

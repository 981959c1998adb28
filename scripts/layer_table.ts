/**
 * The layers of `src/`, from the lowest up: a file imports only from layers above its own in this
 * list, that is from lower ones, and never from a sibling.
 *
 * Layers of one row belong together in the house style; where files of a row build on each other,
 * the row has several layers. A new file goes into the lowest layer that holds all it imports below
 * it.
 */

/** What a layer may use of the runtime. */
export type DenoLaw = "none" | "all but exit" | "all";

/** One layer. */
export interface Layer {
  /** The row of the style guide's table. */
  readonly row: number;
  readonly name: string;
  /** File names of `src/`, where `*` stands for any letters; main.ts lies beside `src/`. */
  readonly files: readonly string[];
  readonly deno: DenoLaw;
}

/** All layers; every file is in one of them, and in one only. */
export const LAYERS: readonly Layer[] = [
  { row: 0, name: "vocabulary", files: ["transcript.ts", "std.d.ts"], deno: "none" },
  {
    row: 0,
    name: "pure helpers",
    files: [
      "environment.ts",
      "errors.ts",
      "json_line.ts",
      "text.ts",
      "time.ts",
      "time_bytes.ts",
      "usage.ts",
      "version.ts",
    ],
    deno: "none",
  },
  { row: 1, name: "long rows and modules", files: ["shorten.ts", "wasm.ts"], deno: "none" },
  {
    row: 1,
    name: "rows",
    files: [
      "byte_finder_wasm.ts",
      "pattern.ts",
      "rows.ts",
      "row_scanner_wasm.ts",
      "scanner_memory.ts",
    ],
    deno: "none",
  },
  {
    row: 1,
    name: "rows where they lie",
    files: ["byte_finder.ts", "row_view.ts", "kept_head.ts", "window_source.ts"],
    deno: "none",
  },
  {
    row: 1,
    name: "rows and their shapes",
    files: ["byte_clues.ts", "row_scanner.ts"],
    deno: "none",
  },
  { row: 1, name: "numbers as they are written", files: ["json_exact.ts"], deno: "none" },
  {
    row: 1,
    name: "dialects of JSON",
    files: ["json_claw.ts", "json_leaves.ts", "json_text.ts"],
    deno: "none",
  },
  {
    row: 1,
    name: "what rows say",
    files: [
      "attachments.ts",
      "forest.ts",
      "json_row.ts",
      "json_slices.ts",
      "session_json.ts",
      "losses.ts",
      "messages.ts",
      "prune_plan.ts",
      "reference.ts",
      "summary.ts",
    ],
    deno: "none",
  },
  {
    row: 1,
    name: "fields of rows",
    files: [
      "go_fields.ts",
      "json_go.ts",
      "json_python.ts",
      "message_texts.ts",
      "receipt.ts",
      "skein_note.ts",
    ],
    deno: "none",
  },
  {
    row: 1,
    name: "shapes of secrets",
    files: ["long_words.ts", "secret_shapes.ts", "text_bytes.ts"],
    deno: "none",
  },
  { row: 1, name: "texts in base64", files: ["base64.ts"], deno: "none" },
  { row: 1, name: "parts of texts", files: ["text_windows.ts"], deno: "none" },
  {
    row: 1,
    name: "kinds of secrets",
    files: ["secret_hints.ts", "secret_matches.ts", "secrets_*.ts", "spellings.ts"],
    deno: "none",
  },
  {
    row: 1,
    name: "all kinds of secrets",
    files: ["secret_rules.ts", "secret_signs.ts"],
    deno: "none",
  },
  { row: 1, name: "secrets in texts", files: ["secret_finder.ts"], deno: "none" },
  { row: 1, name: "texts without secrets", files: ["redactor.ts"], deno: "none" },
  {
    row: 1,
    name: "rows and messages without secrets",
    files: ["redact_messages.ts", "redact_rows.ts"],
    deno: "none",
  },
  { row: 2, name: "what a format is", files: ["format.ts"], deno: "none" },
  {
    row: 2,
    name: "parts of rows",
    files: ["eino_agentic.ts", "eino_spell.ts", "pieces.ts"],
    deno: "none",
  },
  { row: 2, name: "rows of formats, read", files: ["*_read.ts"], deno: "none" },
  { row: 2, name: "rows of formats, converted", files: ["*_convert.ts"], deno: "none" },
  { row: 2, name: "rows of formats, written", files: ["*_write.ts"], deno: "none" },
  { row: 2, name: "formats", files: ["format_*.ts"], deno: "none" },
  { row: 2, name: "all formats", files: ["formats.ts"], deno: "none" },
  { row: 2, name: "between formats", files: ["companions.ts", "conversation.ts"], deno: "none" },
  { row: 2, name: "scan", files: ["scan.ts", "shape_counts.ts"], deno: "none" },
  { row: 2, name: "shapes", files: ["shapes.ts"], deno: "none" },
  { row: 2, name: "quick scan", files: ["quick_scan.ts"], deno: "none" },
  { row: 2, name: "session", files: ["session.ts"], deno: "none" },
  { row: 2, name: "entries of the cache", files: ["cache_entry.ts"], deno: "none" },
  { row: 2, name: "the cache's table", files: ["cache_pack.ts", "cache_table.ts"], deno: "none" },
  { row: 2, name: "the cache's file", files: ["cache_form.ts"], deno: "none" },
  { row: 3, name: "host", files: ["host.ts"], deno: "all but exit" },
  { row: 3, name: "this host", files: ["deno_host.ts"], deno: "all but exit" },
  { row: 3, name: "file errors", files: ["file_errors.ts"], deno: "all but exit" },
  { row: 3, name: "files", files: ["walk.ts"], deno: "all but exit" },
  { row: 3, name: "changes", files: ["durable.ts"], deno: "all but exit" },
  {
    row: 3,
    name: "contents and locks",
    files: ["agent_locks.ts", "hashing.ts"],
    deno: "all but exit",
  },
  {
    row: 3,
    name: "moves and receipts",
    files: ["moving.ts", "receipt_folder.ts"],
    deno: "all but exit",
  },
  { row: 3, name: "recovery", files: ["recovery.ts"], deno: "all but exit" },
  { row: 3, name: "journal", files: ["journal.ts"], deno: "all but exit" },
  {
    row: 3,
    name: "a file's session",
    files: ["session_file.ts", "shared_work.ts"],
    deno: "all but exit",
  },
  { row: 3, name: "the second thread", files: ["second_thread.ts"], deno: "all but exit" },
  { row: 3, name: "the cache's file on disk", files: ["cache_file.ts"], deno: "all but exit" },
  { row: 3, name: "cache", files: ["session_cache.ts"], deno: "all but exit" },
  { row: 3, name: "listing", files: ["listing.ts"], deno: "all but exit" },
  { row: 3, name: "one file", files: ["session_file_reader.ts"], deno: "all but exit" },
  { row: 3, name: "store", files: ["store.ts"], deno: "all but exit" },
  { row: 3, name: "one session", files: ["reader.ts", "search.ts"], deno: "all but exit" },
  { row: 3, name: "two sessions", files: ["fork_points.ts"], deno: "all but exit" },
  { row: 4, name: "style", files: ["style.ts", "table.ts"], deno: "none" },
  {
    row: 4,
    name: "views in parts",
    files: ["markdown_text.ts", "render_json.ts", "render_message.ts", "render_session.ts"],
    deno: "none",
  },
  {
    row: 4,
    name: "views in full",
    files: [
      "render_changes.ts",
      "render_header.ts",
      "render_hit.ts",
      "render_markdown.ts",
      "render_tree.ts",
    ],
    deno: "none",
  },
  { row: 5, name: "flags", files: ["flags.ts"], deno: "none" },
  { row: 5, name: "what a command is", files: ["command.ts"], deno: "none" },
  {
    row: 5,
    name: "parts of commands",
    files: [
      "account.ts",
      "changing.ts",
      "convert_session.ts",
      "filters.ts",
      "help.ts",
      "import_input.ts",
      "redaction.ts",
      "selection.ts",
    ],
    deno: "none",
  },
  { row: 5, name: "pages", files: ["documents.ts", "page.ts"], deno: "none" },
  { row: 5, name: "exports", files: ["export_plan.ts"], deno: "none" },
  { row: 5, name: "exports into pipes", files: ["export_pipe.ts"], deno: "none" },
  { row: 5, name: "commands", files: ["cmd_*.ts"], deno: "none" },
  { row: 6, name: "app", files: ["app.ts"], deno: "all but exit" },
  { row: 7, name: "main", files: ["main.ts"], deno: "all" },
];

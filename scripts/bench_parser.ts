/**
 * What most people would write first, for the benchmark to compare with: reads each file below a
 * folder as text, splits it into lines, parses each line as JSON, and counts the messages.
 */

function countMessages(folder: string): number {
  let count = 0;
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    // What skein keeps beside the sessions is none of them.
    if (entry.name === ".skein") continue;
    if (entry.isDirectory) count += countMessages(path);
    else {
      for (const line of Deno.readTextFileSync(path).split("\n")) {
        if (line === "") continue;
        const row = JSON.parse(line);
        if (row.type === "message" || row.role !== undefined) count++;
      }
    }
  }
  return count;
}

if (import.meta.main) console.log(countMessages(Deno.args[0] ?? "."));

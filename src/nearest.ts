/** What somebody meant who mistyped a word. */

import { levenshteinDistance } from "@std/text";

/** The known word that is nearest to a mistyped one; undefined when none is near. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  const letters = (text: string) => [...text].sort().join("");
  const [nearest] = known
    .map((name) => {
      // Letters that changed places are the commonest slip of all, and a beginning is no slip.
      const isSlip = name.startsWith(word) || letters(name) === letters(word);
      return { name, edits: isSlip ? 1 : levenshteinDistance(word, name) };
    })
    .sort((a, b) => a.edits - b.edits);
  const limit = Math.max(1, Math.floor(word.length / 3));
  return nearest !== undefined && nearest.edits <= limit ? nearest.name : undefined;
}

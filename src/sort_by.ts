/** Sorts by keys that take long to get: each is asked for once. */

/**
 * Gives items in the order of their keys, the least first.
 * @param settle Orders those that have the same key; without it they stay as they are.
 */
export function sortBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => number,
  settle: (a: Item, b: Item) => number = () => 0,
): Item[] {
  const keys = items.map(keyOf);
  const places = items.map((_, place) => place);
  places.sort((a, b) => {
    const difference = (keys[a] ?? 0) - (keys[b] ?? 0);
    return difference || settle(items[a] as Item, items[b] as Item);
  });
  return places.map((place) => items[place] as Item);
}

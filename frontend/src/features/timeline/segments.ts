/** Inserts a number into an ascending list that does not have it. Nearly always it comes last. */
export function insertSorted(list: number[], value: number): void {
  let low = 0;
  let high = list.length;
  if (high === 0 || (list[high - 1] ?? 0) < value) {
    list.push(value);
    return;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, value);
}

/** Start (inclusive) and end (exclusive) indexes of the run without jumps that holds `anchor`, or the last run. */
export function segmentAt(seqs: readonly number[], anchor: number | null): [start: number, end: number] {
  if (seqs.length === 0) return [0, 0];
  let at = anchor === null ? seqs.length - 1 : seqs.findIndex((seq) => seq >= anchor);
  if (at < 0) at = seqs.length - 1;
  let start = at;
  while (start > 0 && seqs[start - 1] === (seqs[start] ?? 0) - 1) start -= 1;
  let end = at + 1;
  while (end < seqs.length && seqs[end] === (seqs[end - 1] ?? 0) + 1) end += 1;
  return [start, end];
}

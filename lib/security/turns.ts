/**
 * Counts what each owner has under way in this process, and gives no more than so many turns at once.
 *
 * @param most turns of one owner at once
 * @returns takes a turn and answers how it is given back, any number of times for one; null when none is left
 */
export function createTurns(most: number): (owner: string) => (() => void) | null {
  const underWay = new Map<string, number>();
  return (owner) => {
    const taken = underWay.get(owner) ?? 0;
    if (taken >= most) return null;
    underWay.set(owner, taken + 1);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      const left = (underWay.get(owner) ?? 1) - 1;
      if (left > 0) underWay.set(owner, left);
      else underWay.delete(owner);
    };
  };
}

/** A person's or a company's name as it is spoken: given names first. */
export function fullName({
  givenNames,
  surnames,
}: {
  readonly givenNames: string;
  readonly surnames: string;
}): string {
  return `${givenNames} ${surnames}`.trim();
}

/** The name as lists sort it: surnames first. */
export function listName({
  givenNames,
  surnames,
}: {
  readonly givenNames: string;
  readonly surnames: string;
}): string {
  return givenNames === "" ? surnames : `${surnames}, ${givenNames}`;
}

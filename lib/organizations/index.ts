export { archiveBranch, restoreBranch } from "./archive-branch";
export { changeLogo, removeLogo } from "./change-logo";
export { createBranch } from "./create-branch";
export { demandWritable } from "./demand-writable";
export { findLogo, type Logo } from "./find-logo";
export { getOrganization, logoUrl, type Organization } from "./get-organization";
export { getUsage, type Metric, readUsage, type Usage } from "./get-usage";
export { type Branch, findBranch, listBranches } from "./list-branches";
export {
  branchReference,
  type ChangedBranch,
  type ChangedOrganization,
  changedBranch,
  changedOrganization,
  type NewBranch,
  type NewLogo,
  newBranch,
  newLogo,
  type OpeningHours,
  type OrganizationDetails,
  organizationDetails,
} from "./schema";
export { updateBranch } from "./update-branch";
export { updateOrganization } from "./update-organization";

export { type Dashboard, getDashboard } from "./get-dashboard";
export { getOrganization, type OrganizationDetail } from "./get-organization";
export {
  createOrganization,
  inviteOwner,
  setOrganizationLimit,
  setOrganizationStatus,
} from "./govern-organization";
export { listOrganizations, ORGANIZATIONS_A_PAGE, type OrganizationRow } from "./list-organizations";

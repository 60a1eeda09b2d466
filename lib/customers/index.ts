export { archiveCustomer, restoreCustomer } from "./archive-customer";
export { archiveCustomers, listCustomerIds, restoreCustomers } from "./archive-many";
export { createCustomer } from "./create-customer";
export { customerSheetColumns, exportCustomers } from "./export-customers";
export { type Customer, findCustomer, getCustomer } from "./get-customer";
export { type CustomerPage, type CustomerRow, listCustomers } from "./list-customers";
export { listPurchases, type Purchase, type Purchases } from "./list-purchases";
export {
  type ChangedCustomer,
  type CustomerFilter,
  type CustomerQuery,
  changedCustomer,
  chosenCustomers,
  customerQuery,
  customerReference,
  customersAt,
  customersOfAddress,
  type NewCustomer,
  newCustomer,
} from "./schema";
export { type CustomerChoice, searchCustomers } from "./search-customers";
export { updateCustomer } from "./update-customer";

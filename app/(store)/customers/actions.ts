"use server";

import {
  archiveCustomer,
  archiveCustomers,
  changedCustomer,
  chosenCustomers,
  createCustomer,
  customerReference,
  customersOfAddress,
  listCustomerIds,
  newCustomer,
  restoreCustomer,
  restoreCustomers,
  updateCustomer,
} from "@/lib/customers";
import { memberAction } from "@/lib/security/action";

const permission = "customers.write" as const;

/** Answers `{ id, name }`: the point of sale creates customers with it too. */
export const createCustomerAction = memberAction(newCustomer, createCustomer, { permission });

export const updateCustomerAction = memberAction(changedCustomer, updateCustomer, { permission });

export const archiveCustomerAction = memberAction(
  customerReference,
  (member, { id }) => archiveCustomer(member, id),
  {
    permission,
  },
);

export const restoreCustomerAction = memberAction(
  customerReference,
  (member, { id }) => restoreCustomer(member, id),
  {
    permission,
  },
);

/** Answers the ids of all customers that the query of the list's address leaves. */
export const customerIdsAction = memberAction(customersOfAddress, listCustomerIds, { permission });

export const archiveCustomersAction = memberAction(
  chosenCustomers,
  (member, { ids }) => archiveCustomers(member, ids),
  { permission },
);

export const restoreCustomersAction = memberAction(
  chosenCustomers,
  (member, { ids }) => restoreCustomers(member, ids),
  { permission },
);

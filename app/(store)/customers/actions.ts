"use server";

import {
  archiveCustomer,
  changedCustomer,
  createCustomer,
  customerReference,
  newCustomer,
  restoreCustomer,
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

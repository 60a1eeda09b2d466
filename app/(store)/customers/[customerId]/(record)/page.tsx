import { CustomerFacts } from "@/components/customers/customer-facts";
import { formatPhone } from "@/lib/chile/phone";
import { businessDate } from "@/lib/time";
import { memberAndCustomer } from "../customer";

export default async function CustomerPage({ params }: PageProps<"/customers/[customerId]">) {
  const { member, customer } = await memberAndCustomer((await params).customerId, "customers.read");
  const today = businessDate(new Date(), member.branch?.timeZone ?? "America/Santiago");
  return (
    <CustomerFacts customer={customer} phone={customer.phone && formatPhone(customer.phone)} today={today} />
  );
}

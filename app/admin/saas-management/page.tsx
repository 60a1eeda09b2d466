import { redirect } from "next/navigation";

export default function ConsolePage(): never {
  redirect("/admin/saas-management/dashboard");
}

"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { couponForm, couponReference, createCoupon, retireCoupon } from "@/lib/console";
import { platformAction } from "@/lib/security/action";

const PATH = "/admin/saas-management/coupons";

export const createCouponAction = platformAction(couponForm, async (staff, input) => {
  await createCoupon(staff, input);
  redirect(`${PATH}/${input.code}?made=1`);
});

export const retireCouponAction = platformAction(couponReference, async (staff, { code }) => {
  await retireCoupon(staff, code);
  revalidatePath(PATH, "layout");
});

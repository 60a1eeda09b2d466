import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { CouponsFacts } from "@/components/console/coupons-facts";
import { CouponsMade } from "@/components/console/coupons-made";
import { CouponState } from "@/components/console/coupons-parts";
import { CouponsRedemptions } from "@/components/console/coupons-redemptions";
import { ConfirmButton } from "@/components/ui/alert-dialog";
import { Page, PageHeader } from "@/components/ui/page-header";
import { couponReference, getCoupon } from "@/lib/console";
import { getTranslations } from "@/lib/i18n";
import { requirePlatform } from "@/lib/security/member";
import { orNotFound } from "@/lib/security/or-not-found";
import { retireCouponAction } from "../actions";

type Props = PageProps<"/admin/saas-management/coupons/[couponCode]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { found } = await staffAndCoupon((await params).couponCode);
  return { title: found.coupon.code };
}

export default async function CouponPage({ params, searchParams }: Props) {
  const {
    staff,
    found: { coupon, redemptions },
  } = await staffAndCoupon((await params).couponCode);
  const [t, { made }] = await Promise.all([getTranslations("consoleCoupons"), searchParams]);
  const { code, state } = coupon;
  return (
    <Page>
      <PageHeader
        title={code}
        badge={<CouponState state={state} />}
        breadcrumbs={[{ href: "/admin/saas-management/coupons", label: t("title") }]}
        actions={
          staff.role === "super_admin" &&
          state !== "retired" && (
            <ConfirmButton
              label={t("detail.retire")}
              variant="danger"
              title={t("detail.retireTitle", { code })}
              description={t("detail.retireHint")}
              action={retireCouponAction}
              values={{ code }}
              confirmLabel={t("detail.retire")}
              successMessage={t("detail.retiredDone")}
            />
          )
        }
      />
      <div className="flex flex-col gap-6">
        {made === "1" && state !== "retired" && <CouponsMade code={code} />}
        <CouponsFacts coupon={coupon} />
        <CouponsRedemptions redemptions={redemptions} />
      </div>
    </Page>
  );
}

/** A text that is no code is as unknown as one that no coupon has. */
const staffAndCoupon = cache(async (text: string) => {
  const staff = await requirePlatform();
  const parsed = couponReference.safeParse({ code: text });
  if (!parsed.success) notFound();
  return { staff, found: await orNotFound("coupon.unknown", getCoupon(staff, parsed.data.code)) };
});

"use client";

import dynamic from "next/dynamic";
import { useEffect } from "react";
import { useDesk } from "./desk";

// Dialogs come when they are first opened; what a till cannot do without is fetched while nothing else happens,
// so that it is there when the line drops.
const loadPay = () => import("./pay-sheet");
const loadApprove = () => import("./approve-dialog");
const loadCustomer = () => import("./customer-dialog");
const loadDiscount = () => import("./discount-dialog");
const loadParking = () => import("./parking-dialogs");

const PaySheet = dynamic(async () => (await loadPay()).PaySheet, { ssr: false });
const ApproveDialog = dynamic(async () => (await loadApprove()).ApproveDialog, { ssr: false });
const CustomerDialog = dynamic(async () => (await loadCustomer()).CustomerDialog, { ssr: false });
const DiscountDialog = dynamic(async () => (await loadDiscount()).DiscountDialog, { ssr: false });
const ParkDialog = dynamic(async () => (await loadParking()).ParkDialog, { ssr: false });
const ParkedDialog = dynamic(async () => (await loadParking()).ParkedDialog, { ssr: false });
const HelpDialog = dynamic(async () => (await import("./help-dialog")).HelpDialog, { ssr: false });

const QUIET_MS = 1_500;

/** The dialog that is open, if any. */
export function Layers() {
  const { layer } = useDesk();

  useEffect(() => {
    const timer = setTimeout(() => {
      for (const load of [loadPay, loadDiscount, loadCustomer, loadApprove, loadParking]) {
        load().catch(() => undefined); // asked for again when it is opened
      }
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, []);

  switch (layer?.kind) {
    case "pay":
      return <PaySheet />;
    case "approve":
      return <ApproveDialog />;
    case "customer":
      return <CustomerDialog />;
    case "discount":
      return <DiscountDialog productId={layer.productId} />;
    case "park":
      return <ParkDialog />;
    case "parked":
      return <ParkedDialog />;
    case "help":
      return <HelpDialog />;
    case undefined:
      return null;
    default:
      return layer satisfies never;
  }
}

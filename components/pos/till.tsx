"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import type { TillActions } from "./actions";
import { beepRefusal } from "./beep";
import { needsApproval, totalsOf } from "./cart";
import { CartPanel } from "./cart-panel";
import { type Desk, DeskContext, type Layer, type Notice } from "./desk";
import { Layers } from "./layers";
import { type Reading, readScan } from "./multiple";
import { OfflineNotice } from "./offline-notice";
import { PhoneCartBar } from "./phone-cart-bar";
import { ProductPanel } from "./product-panel";
import { createProductSource, findRead } from "./product-source";
import { afterRefusal, losesApproval, stillTrue } from "./refusal";
import { openTill } from "./till-store";
import { useLineRemoval } from "./use-line-removal";
import { useOnline } from "./use-online";
import { usePayment } from "./use-payment";
import { refill, useScanner } from "./use-scanner";
import { useShortcuts } from "./use-shortcuts";

export interface TillProps {
  /** Keeps carts of shops, branches and people apart in one browser. */
  storageName: string;
  branch: { readonly id: string; readonly name: string };
  ceilingBp: number;
  canCreateProducts: boolean;
  canCreateCustomers: boolean;
  canSeePlans: boolean;
  drawerOpen: boolean;
  parkedCount: number;
  actions: TillActions;
}

/** The till: products at the left, the cart at the right, and everything that happens between them. */
export function Till(props: TillProps) {
  const { branch, ceilingBp, actions } = props;
  const t = useTranslations("pos");
  const [store] = useState(() => openTill(props.storageName));
  const [products] = useState(() => createProductSource(branch.id));
  const till = useSyncExternalStore(store.subscribe, store.snapshot, store.serverSnapshot);
  const online = useOnline();
  const [layer, setLayer] = useState<Layer | null>(null);
  const [notice, setNotice] = useState<Notice | null>(null);
  const [drawerOpen, setDrawerOpen] = useState(props.drawerOpen);
  const [parkedCount, setParkedCount] = useState(props.parkedCount);
  const [view, setView] = useState<"products" | "cart">("products");
  const [round, setRound] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const { dispatch } = store;

  const focusField = useCallback(() => {
    // A finger would only get the keyboard over half the screen; a scanner is heard anyway.
    if (!window.matchMedia("(pointer: coarse)").matches) field.current?.focus();
  }, []);

  const payment = usePayment({
    branchId: branch.id,
    products,
    current: store.snapshot,
    dispatch,
    onSold() {
      setLayer(null);
      setNotice(null);
      setRound((number) => number + 1);
    },
    onUnanswered() {
      setLayer(null);
      setView("cart");
    },
    onRefused(problem, sent, changes) {
      const next = afterRefusal(problem, sent, changes);
      if (problem.code === "cash_session.required") setDrawerOpen(false);
      if (losesApproval(problem)) dispatch({ type: "approvalLost" });
      setLayer(next.layer);
      setNotice(next.notice);
      setView("cart");
    },
  });

  const startPayment = useCallback(() => {
    const now = store.snapshot();
    if (now.lines.length === 0 || now.pending || !navigator.onLine) return;
    setNotice(null);
    setLayer({ kind: needsApproval(now, ceilingBp, Date.now()) ? "approve" : "pay" });
  }, [store, ceilingBp]);

  const scan = useCallback(
    async (readings: readonly Reading[]) => {
      const code = readings.at(-1)?.code ?? "";
      try {
        const found = await findRead(products, readings);
        if (found) {
          setNotice(null);
          dispatch({ type: "productAdded", ...found });
          return;
        }
        setNotice({ kind: "unknownCode", code });
      } catch {
        setNotice({ kind: "noLine", code });
      }
      beepRefusal();
    },
    [products, dispatch],
  );

  useScanner((scanned, into) => {
    const ours = into !== null && into.input === field.current;
    const readings = readScan(scanned, ours ? into.input.value : "");
    // Whatever field it went into forgets it: a code is no text, no quantity and no money.
    if (into) refill(into.input, ours ? "" : into.before);
    if (document.querySelector("dialog:modal") || till.pending) beepRefusal();
    else void scan(readings);
  });
  const removeLine = useLineRemoval({ current: store.snapshot, dispatch, focusField });
  useShortcuts({
    till,
    layer,
    dispatch,
    removeLine,
    startPayment,
    open: setLayer,
    focusField,
    sending: payment.sending,
  });

  // After any dialog the next product comes into the field again.
  const layerClosed = useEffectEvent(() => {
    if (!till.finished) focusField();
  });
  useEffect(() => {
    if (layer === null) layerClosed();
  }, [layer]);

  const desk: Desk = {
    branchId: branch.id,
    branchName: branch.name,
    ceilingBp,
    canCreateProducts: props.canCreateProducts,
    canCreateCustomers: props.canCreateCustomers,
    canSeePlans: props.canSeePlans,
    actions,
    products,
    till,
    totals: totalsOf(till),
    dispatch,
    removeLine,
    online,
    drawerOpen,
    drawerOpened: () => setDrawerOpen(true),
    parkedCount,
    parkedChanged: setParkedCount,
    layer,
    open: setLayer,
    close: () => setLayer(null),
    notice: stillTrue(notice, till),
    notify: setNotice,
    sending: payment.sending,
    noAnswer: payment.noAnswer,
    startPayment,
    focusField,
    pay: payment.pay,
    retry: payment.retry,
  };

  return (
    <DeskContext value={desk}>
      <h1 className="sr-only">{t("title")}</h1>
      {!online && <OfflineNotice />}
      <div
        data-view={view}
        className="group/till grid min-w-0 flex-1 md:grid-cols-[minmax(0,1fr)_21rem] lg:grid-cols-[minmax(0,1fr)_25rem] xl:grid-cols-[minmax(0,1fr)_28rem]"
      >
        <ProductPanel field={field} round={round} onCode={(code, quantity) => scan([{ code, quantity }])} />
        <CartPanel onBack={() => setView("products")} />
      </div>
      <PhoneCartBar view={view} onOpen={() => setView("cart")} />
      <Layers />
    </DeskContext>
  );
}

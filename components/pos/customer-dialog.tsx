"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog } from "@/components/ui/dialog";
import { Search, UserPlus } from "@/components/ui/icons";
import { Input } from "@/components/ui/input";
import type { CartCustomer } from "./cart";
import { useDesk } from "./desk";
import { NewCustomerForm } from "./new-customer-form";
import { useCustomerSearch } from "./use-customer-search";

/** Finds whom the sale is for, by name, RUT or telephone, or records somebody new. */
export function CustomerDialog() {
  const t = useTranslations("pos.customer");
  const { dispatch, close, canCreateCustomers } = useDesk();
  const [typed, setTyped] = useState("");
  const [creating, setCreating] = useState(false);

  function choose(customer: CartCustomer) {
    dispatch({ type: "customerChosen", customer });
    close();
  }

  return (
    <Dialog open size="md" title={t(creating ? "newTitle" : "title")} onOpenChange={close}>
      {creating ? (
        <NewCustomerForm typed={typed} onCreated={choose} onBack={() => setCreating(false)} />
      ) : (
        <>
          <CustomerSearch typed={typed} onType={setTyped} onChoose={choose} />
          {canCreateCustomers && (
            <Button block className="mt-4" icon={<UserPlus aria-hidden />} onClick={() => setCreating(true)}>
              {t("create")}
            </Button>
          )}
        </>
      )}
    </Dialog>
  );
}

interface CustomerSearchProps {
  typed: string;
  onType: (text: string) => void;
  onChoose: (customer: CartCustomer) => void;
}

function CustomerSearch({ typed, onType, onChoose }: CustomerSearchProps) {
  const t = useTranslations("pos.customer");
  const listId = useId();
  const [highlighted, setHighlighted] = useState(0);
  const { customers, waiting, failed } = useCustomerSearch(typed);
  const active = Math.min(highlighted, customers.length - 1);

  function keyPressed(event: KeyboardEvent<HTMLInputElement>) {
    const chosen = customers[active];
    if (event.key === "Enter" && chosen && !waiting) onChoose(chosen);
    else if (event.key === "ArrowDown") setHighlighted(Math.min(customers.length - 1, active + 1));
    else if (event.key === "ArrowUp") setHighlighted(Math.max(0, active - 1));
    else return;
    event.preventDefault();
  }

  function outcome(): string {
    if (failed) return t("failed");
    return customers.length === 0 ? t("none") : t("found", { count: customers.length });
  }

  return (
    <>
      <Input
        autoFocus
        size="lg"
        role="combobox"
        aria-label={t("search")}
        aria-expanded={customers.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        placeholder={t("placeholder")}
        spellCheck={false}
        prefix={<Search aria-hidden />}
        value={typed}
        onChange={(event) => {
          onType(event.currentTarget.value);
          setHighlighted(0);
        }}
        onKeyDown={keyPressed}
      />
      <ul id={listId} role="listbox" aria-label={t("results")} aria-busy={waiting} className="mt-3">
        {customers.map((customer, index) => (
          <li
            key={customer.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(customer)}
            className={cn(
              "flex min-h-12 cursor-pointer items-center justify-between gap-4 rounded-md px-3 py-1.5 hover:bg-sunken",
              index === active && "bg-brand-soft hover:bg-brand-soft",
            )}
          >
            <span className="min-w-0 truncate font-medium">{customer.name}</span>
            <span className="shrink-0 text-sm text-ink-soft tabular">{customer.detail}</span>
          </li>
        ))}
      </ul>
      <p
        role="status"
        className={cn(customers.length > 0 ? "sr-only" : "min-h-14 py-4 text-center text-sm text-ink-soft")}
      >
        {typed.trim() !== "" && !waiting && outcome()}
      </p>
    </>
  );
}

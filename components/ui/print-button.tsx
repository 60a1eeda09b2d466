"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { Printer } from "./icons";

const MM_PER_PX = 25.4 / 96;

export interface PrintButtonProps extends Omit<ButtonProps, "onClick" | "icon"> {
  children: ReactNode;
}

/** Prints the page; when it holds a receipt, that alone, on a page exactly as long as the receipt. */
export function PrintButton(props: PrintButtonProps) {
  return <Button icon={<Printer aria-hidden />} {...props} onClick={printPage} />;
}

/** Opens the print dialog with the right paper; for shortcuts. */
export function printPage(): void {
  const receipt = document.querySelector<HTMLElement>("[data-paper='80mm']");
  if (!receipt) return window.print();
  const paper = new CSSStyleSheet();
  const heightMm = Math.ceil(receipt.scrollHeight * MM_PER_PX) + 2;
  paper.replaceSync(`@page { size: 80mm ${heightMm}mm; margin: 0 }`);
  document.adoptedStyleSheets.push(paper);
  window.print();
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== paper);
}

"use client";

export { CrashScreen as default } from "@/components/shell/crash-screen";

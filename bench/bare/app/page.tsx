import { connection } from "next/server";
import { oneRow } from "./one-query";

export default async function Page() {
  await connection();
  return <h1>{(await oneRow()).name}</h1>;
}

import { oneRow } from "../one-query";

export async function POST(request: Request): Promise<Response> {
  await request.text();
  return Response.json(await oneRow());
}

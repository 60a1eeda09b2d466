import { inject } from "vitest";
import { createDatabase } from "./database";
import { testEnvironment } from "./environment";

// Runs before each test file is loaded, so that code that reads the environment once sees this file's own database.
const database = await createDatabase(inject("cluster"));
Object.assign(process.env, testEnvironment(database.urls));

// Prints the values that npm dotenv finds in a JSON list of texts, each as hexadecimal bytes.
import { readFileSync } from "node:fs";
import dotenv from "dotenv";

const texts = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => dotenv.parse(Buffer.from(text, "hex")))));

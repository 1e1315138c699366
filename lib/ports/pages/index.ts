import type { PortPage } from "../port-page";
import { page as entraId20251212 } from "./entra-id/2025-12-12";
import { page as entraId20251219 } from "./entra-id/2025-12-19";
import { page as entraId20260114 } from "./entra-id/2026-01-14";
import { page as entraId20260212 } from "./entra-id/2026-02-12";
import { page as entraId20260218 } from "./entra-id/2026-02-18";
import { page as entraId20260227 } from "./entra-id/2026-02-27";
import { page as entraId20260326 } from "./entra-id/2026-03-26";
import { page as entraId20260331 } from "./entra-id/2026-03-31";
import { page as usedPorts20260212 } from "./used-ports/2026-02-12";
import { page as usedPorts20260213 } from "./used-ports/2026-02-13";
import { page as usedPorts20260317 } from "./used-ports/2026-03-17";
import { page as usedPorts20260330 } from "./used-ports/2026-03-30";
import { page as usedPorts20260402 } from "./used-ports/2026-04-02";
import { page as usedPorts20260407 } from "./used-ports/2026-04-07";
import { page as usedPorts20260526 } from "./used-ports/2026-05-26";
import { page as usedPorts20260803 } from "./used-ports/2026-08-03";

/** Every known text of the page "Ports" of Veeam Backup for Microsoft Entra ID, the oldest first. */
export const ENTRA_ID_PAGES: readonly PortPage[] = [
  entraId20251212,
  entraId20251219,
  entraId20260114,
  entraId20260212,
  entraId20260218,
  entraId20260227,
  entraId20260326,
  entraId20260331,
];

/** Every known text of the page "Used Ports" of Veeam Backup & Replication, the oldest first. */
export const USED_PORTS_PAGES: readonly PortPage[] = [
  usedPorts20260212,
  usedPorts20260213,
  usedPorts20260317,
  usedPorts20260330,
  usedPorts20260402,
  usedPorts20260407,
  usedPorts20260526,
  usedPorts20260803,
];

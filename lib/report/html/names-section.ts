import { Protocol } from "../../azure/security-rule";
import { BY_NAME, STRAIGHT } from "../words";
import type { ReportModel } from "../report-model";
import { dnsNamesText, sentenceList, serviceText } from "../words";
import { originText } from "./flows-section";
import { html, type Html } from "./html";
import { codes, table } from "./table";

/** DNS names that the owner of the HTTP proxy or firewall has to allow. */
export function namesSection({ dnsNames }: ReportModel): Html | false {
  if (dnsNames.length === 0) return false;
  return html`<section id="names" aria-labelledby="names-h">
    <h2 id="names-h">DNS names to allow</h2>
    <p class="lead">${BY_NAME}</p>
    ${table({
      caption: "DNS names to allow",
      heads: ["Names", "Ports", "From", "Through", "Purpose", "Requested by"],
      rows: dnsNames.map(({ named, from, through }) => [
        named.names.length > 0 ? codes(named.names) : dnsNamesText([]),
        codes([serviceText(Protocol.TCP, named.ports)]),
        sentenceList(from.map(({ label }) => label)),
        through ? codes([through.label]) : STRAIGHT,
        named.reason,
        originText(named),
      ]),
    })}
  </section>`;
}

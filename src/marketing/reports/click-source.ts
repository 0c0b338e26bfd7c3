/** What a report tells of the request that followed a link. */
export interface ClickSource {
  readonly method: string;
  readonly userAgent?: string | null;
}

/**
 * What programs that follow links by themselves call themselves: scanners of mail gateways, previews of messengers and
 * mail programs, proxies for pictures, robots, and what programmers call pages with.
 */
const automatic = new RegExp(
  [
    [
      "\\bbot\\b",
      "bot[/;)-]",
      "crawl",
      "spider",
      "slurp",
      "scan(?:ner|ning)?\\b",
      "preview",
      "prefetch",
      "monitor",
      "archiver",
    ],
    ["barracuda", "mimecast", "proofpoint", "messagelabs", "symantec", "trend ?micro", "fireeye", "trellix", "sophos"],
    ["forcepoint", "ironport", "cisco-", "safelinks", "ms-office", "microsoft office", "skypeuripreview", "outlook-"],
    ["googleimageproxy", "google-safety", "googlesafebrowsing", "yahoomailproxy", "yahoo ad monitoring", "feedfetcher"],
    [
      "facebookexternalhit",
      "meta-external",
      "whatsapp",
      "telegram",
      "slack",
      "discord",
      "embedly",
      "iframely",
      "vkshare",
    ],
    ["headlesschrome", "phantomjs", "puppeteer", "playwright", "selenium", "urlscan", "virustotal", "zgrab", "nmap"],
    ["curl/", "wget", "python", "java/", "okhttp", "go-http-client", "libwww", "httpclient", "axios", "node-fetch"],
    ["undici", "aiohttp", "ruby", "perl", "php/", "guzzle", "postman", "insomnia", "restsharp", "winhttp"],
  ]
    .flat()
    .join("|"),
  "i",
);

const longestUserAgent = 2_000;

/**
 * Whether a person followed the link, as far as method and user agent tell (F68). Every browser names itself; who does
 * not is none. In doubt it does not count: recency that is too short is asked about, one that is too long is a breach.
 */
export function isByPerson({ method, userAgent }: ClickSource): boolean {
  const program = (userAgent ?? "").slice(0, longestUserAgent).trim();
  return /^(?:GET|POST)$/i.test(method) && program !== "" && !automatic.test(program);
}

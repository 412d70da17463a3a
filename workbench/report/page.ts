import { escaped } from './chart.ts';

const STYLE = `:root{color-scheme:light dark;--a:light-dark(#0a5c75,#5cc3e0);--b:light-dark(#a3161b,#ff8f8a);--line:light-dark(#c5ced6,#3a4651);--paper:light-dark(#fff,#121212);background:var(--paper)}
body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem}
h2{margin-top:2.5rem}figure{margin:1.5rem 0}svg{width:100%;height:auto}svg text{font-size:12px;fill:currentColor}svg .small{font-size:11px}
.grid{stroke:var(--line)}.tick,.mark{stroke:currentColor}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}td,th{border-bottom:1px solid var(--line);padding:.1rem .6rem;text-align:right}caption{text-align:left;font-weight:600}
.met::before{content:"✓ "}.unmet::before{content:"✗ "}.unmet{font-weight:700}.problem{white-space:pre-wrap;border-left:4px solid var(--b);padding-left:.8rem}`;

/** One page that holds everything, with what it has of its own to be styled: no script, nothing asked of any host. */
export const pageHtml = (title: string, style: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Thecal: ${escaped(title)}</title><style>${STYLE}
${style}</style></head>
<body>${body}
</body></html>
`;

/** What every report says of itself. */
export const DISCLAIMER = 'A teaching and engineering model, never a medical device.';

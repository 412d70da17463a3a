/** What the worker has drawn: every text in it is escaped there. */
export const Drawn = ({ html }: { html: string }) => <div class="drawn" dangerouslySetInnerHTML={{ __html: html }} />;

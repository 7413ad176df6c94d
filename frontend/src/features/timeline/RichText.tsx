import type { Element, ElementContent, Root, RootContent } from 'hast';
import Markdown, { type Components, defaultUrlTransform } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkBreaks from 'remark-breaks';
import remarkGfm from 'remark-gfm';

import { CodeBlock } from './CodeBlock';
import { type Named, PieceView } from './MessageText';
import { splitMentions } from './pieces';

/** What a message may be made of. No pictures: nothing is loaded from elsewhere because somebody wrote it. */
const TAGS = [
  'p',
  'br',
  'strong',
  'em',
  'del',
  'blockquote',
  'ul',
  'ol',
  'li',
  'code',
  'pre',
  'a',
  'hr',
  'h1',
  'h2',
  'h3',
];

const schema = {
  ...defaultSchema,
  tagNames: TAGS,
  attributes: {
    a: ['href'],
    code: [['className', /^language-[\w+#-]+$/]],
    ol: ['start'],
  } as typeof defaultSchema.attributes,
  protocols: { href: ['http', 'https', 'mailto'] },
};

interface Props {
  text: string;
  names: Named[];
  isOwn: boolean;
}

/** Markdown, without anything that could run, load or look like the program. */
export default function RichText({ text, names, isOwn }: Props) {
  const plugins = useMemo(
    () =>
      [
        [rehypeSanitize, schema],
        [markMentions, names],
      ] as never,
    [names],
  );
  return (
    <div className="flex flex-col gap-1.5 [&_blockquote]:border-l-[3px] [&_blockquote]:border-accent [&_blockquote]:pl-2.5 [&_h1]:text-title [&_h1]:font-bold [&_h2]:font-bold [&_h3]:font-bold [&_hr]:border-line-strong [&_ol]:list-decimal [&_ol]:pl-6 [&_ul]:list-disc [&_ul]:pl-6">
      <Markdown
        remarkPlugins={[remarkGfm, remarkBreaks]}
        rehypePlugins={plugins}
        components={componentsFor(isOwn, names)}
        urlTransform={defaultUrlTransform}
        skipHtml
      >
        {text}
      </Markdown>
    </div>
  );
}

function componentsFor(isOwn: boolean, names: Named[]): Components {
  return {
    a: ({ href, children }) => (
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className={isOwn ? 'underline underline-offset-2' : 'text-accent-text underline underline-offset-2'}
      >
        {children}
      </a>
    ),
    pre: ({ children }) => <>{children}</>,
    code: ({ className, children }) => {
      const code = typeof children === 'string' ? children : '';
      const isBlock = className !== undefined || code.includes('\n');
      if (isBlock)
        return <CodeBlock code={code.replace(/\n$/, '')} language={className?.replace('language-', '')} />;
      return (
        <code className={`rounded-xs px-1 font-mono text-sm ${isOwn ? 'bg-quote-own' : 'bg-quote'}`}>
          {children}
        </code>
      );
    },
    // Only mentions are made into this; messages can't write it.
    span: ({ children }) => {
      const text = typeof children === 'string' ? children : '';
      const id = names.find(({ name }) => `@${name}`.toLowerCase() === text.toLowerCase())?.id;
      return id ? <PieceView piece={{ kind: 'mention', text, id }} isOwn={isOwn} /> : <>{children}</>;
    },
  };
}

/** Wraps mentions outside of code and links; runs after the sanitiser, on what is left. */
function markMentions(names: Named[]) {
  const walk = (parent: Root | Element) => {
    parent.children = parent.children.flatMap((node): (RootContent & ElementContent)[] => {
      if (node.type === 'element' && node.tagName !== 'code' && node.tagName !== 'a') walk(node);
      if (node.type !== 'text') return [node as RootContent & ElementContent];
      return splitMentions(node.value, names).map((piece) =>
        piece.kind === 'mention'
          ? {
              type: 'element',
              tagName: 'span',
              properties: {},
              children: [{ type: 'text', value: piece.text }],
            }
          : { type: 'text', value: piece.text },
      );
    });
  };
  return (tree: Root) => walk(tree);
}

// Cards and articles: pictures, words and links, each of which the server has checked.
import type { Message } from "../../../protocol/records.ts";
import type { ArticleItem, CardItem } from "../../../protocol/rich-content.ts";
import type { SendAnswer } from "../../chat/answers.ts";
import { Choices } from "./Choices.tsx";

/** The server lets no other address in; a script among addresses is worth a second look. */
const isLink = (href: string) => /^(https?:\/\/|mailto:|tel:)/.test(href);

function Link({ href, text }: { href: string; text: string }) {
  const isWeb = href.startsWith("http");
  // Its real host is shown: a card's words say whatever they like.
  const host = isWeb && URL.canParse(href) ? new URL(href).host : null;
  if (!isLink(href)) return <span dir="auto">{text}</span>;
  return (
    <a class="choice" href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      <bdi>{text}</bdi>
      {host && (
        <>
          {" "}
          <small>
            <bdi>{host}</bdi>
          </small>
        </>
      )}
    </a>
  );
}

interface CardsProps {
  message: Message;
  items: CardItem[];
  send: SendAnswer;
}

export const Cards = ({ message, items, send }: CardsProps) => (
  <ul class="cards">
    {items.map(({ title, description, media_url: image, actions }, index) => (
      <li key={index} class="card">
        {image && isLink(image) && (
          <img
            src={image}
            alt=""
            loading="lazy"
            decoding="async"
            referrerpolicy="no-referrer"
            // The page may not allow it, or it is gone: the words are enough.
            onError={({ currentTarget }) => (currentTarget.hidden = true)}
          />
        )}
        <h3 dir="auto">{title}</h3>
        {description && <p dir="auto">{description}</p>}
        {actions.map((action, at) =>
          action.type === "link" ? (
            <Link key={at} href={action.uri} text={action.text} />
          ) : (
            <Choices
              key={at}
              message={message}
              items={[{ title: action.text, value: action.payload }]}
              send={send}
              label={title}
            />
          ),
        )}
      </li>
    ))}
  </ul>
);

export const Articles = ({ items }: { items: ArticleItem[] }) => (
  <ul class="cards">
    {items.map(({ title, description, link }, index) => (
      <li key={index} class="card">
        {description && <p dir="auto">{description}</p>}
        <Link href={link} text={title} />
      </li>
    ))}
  </ul>
);

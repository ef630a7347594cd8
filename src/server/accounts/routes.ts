// Routes of signing in and out, and of the profile.
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { applicationPaths } from "../../protocol/paths.ts";
import { profileSchema } from "../../protocol/records.ts";
import { setPasswordSchema, updateProfileSchema } from "../../protocol/requests-agents.ts";
import { setAvailabilitySchema, signInSchema } from "../../protocol/requests.ts";
import { failure } from "../../protocol/result.ts";
import { setAvailability } from "../agents/agents.ts";
import { outOfScope } from "../agents/scopes.ts";
import { acceptInvitation } from "../agents/invitations.ts";
import type { RestDoor } from "../http/door.ts";
import type { SessionCookie } from "../http/cookies.ts";
import type { RoomDeps } from "../room.ts";
import type { Passwords } from "./passwords.ts";
import { loadProfile } from "./profile.ts";
import type { Came } from "./profile.ts";
import { SESSION_LASTS_MS, beginSession, endSession, findSession } from "./sessions.ts";
import type { SignInThrottle } from "./sign-in-throttle.ts";
import { resetAccessToken, updateProfile } from "./update-profile.ts";
import { findUserByEmail } from "./users.ts";

export interface SignInDeps extends RoomDeps {
  passwords: Passwords;
  throttle: SignInThrottle;
  cookie: SessionCookie;
}

const wrongCredentials = failure("unauthenticated", "Invalid login credentials").error;
const noAccount = failure("unauthenticated", "You are not authorized to access this account").error;

/** Signing in: the one route of the application API that is open to everybody. */
export function signInRoutes(app: RestDoor, deps: SignInDeps): void {
  const { passwords, throttle, cookie } = deps;
  app.post(
    applicationPaths.signIn(),
    { schema: { body: signInSchema, response: { 200: profileSchema } } },
    async (request, reply) => {
      const { email, password } = request.body;
      const retryAfterSeconds = await throttle.attempt(email, request.ip);
      if (retryAfterSeconds !== undefined) {
        const message = "Too many attempts to sign in";
        return reply.fail(failure("too_many_requests", message, { retryAfterSeconds }).error);
      }
      const user = await findUserByEmail(deps.db, email);
      const right = await passwords.verify(password, user?.password_hash);
      if (!user || !right) return reply.fail(wrongCredentials);
      await throttle.succeeded(email, request.ip);
      // A session that was there before is another sign-in's: it ends, and nothing of it goes on.
      const before = request.cookies[cookie.name];
      const old = before === undefined ? undefined : await findSession(deps, before);
      if (old) await endSession(deps, old.session.id);
      const { session, cookie: value } = await beginSession(deps, user.id);
      const profile = await loadProfile(deps, user, { session });
      if (!profile) return reply.fail(noAccount);
      const maxAge = SESSION_LASTS_MS / 1000;
      reply.setCookie(cookie.name, value, { ...cookie.options, maxAge });
      reply.header("x-csrf-token", session.csrfToken).header("cache-control", "no-store");
      return reply.send(profile);
    },
  );
}

/** Setting the first password, for whoever holds an invitation. */
export function passwordRoutes(app: RestDoor, deps: SignInDeps): void {
  app.put(
    applicationPaths.password(),
    { schema: { body: setPasswordSchema, response: { 200: z.object({ success: z.boolean() }) } } },
    async (request, reply) => {
      const { reset_password_token: token, password } = request.body;
      // A token cannot be guessed; the work of hashing is what an address may not have for free.
      const retryAfterSeconds = await deps.throttle.attempt(token, request.ip);
      if (retryAfterSeconds !== undefined) {
        const message = "Too many attempts";
        return reply.fail(failure("too_many_requests", message, { retryAfterSeconds }).error);
      }
      const result = await acceptInvitation(deps, token, password);
      return result.ok ? reply.send({ success: true }) : reply.fail(result.error);
    },
  );
}

const cameOf = ({ session, agent }: FastifyRequest): Came => ({
  session,
  isForOneAccount: agent.scopes !== undefined,
});

/** What the signed-in agent does with his own profile and session. */
export function profileRoutes(app: RestDoor, deps: SignInDeps): void {
  app.delete(
    applicationPaths.signOut(),
    { schema: { response: { 200: z.object({ success: z.boolean() }) } } },
    async (request, reply) => {
      if (request.session) await endSession(deps, request.session.id);
      reply.clearCookie(deps.cookie.name, deps.cookie.options);
      return { success: true };
    },
  );
  app.get(
    applicationPaths.profile(),
    { schema: { response: { 200: profileSchema } } },
    async (request, reply) => {
      const { user, session } = request;
      const profile = await loadProfile(deps, user, cameOf(request));
      if (!profile) return reply.fail(noAccount);
      if (session) reply.header("x-csrf-token", session.csrfToken);
      return reply.send(profile);
    },
  );
  app.put(
    applicationPaths.profile(),
    { schema: { body: updateProfileSchema, response: { 200: profileSchema } } },
    async (request, reply) => {
      const { user, agent, session, body } = request;
      // Whoever finds a desk unlocked must not find out its password either.
      const retryAfterSeconds =
        body.password === undefined
          ? undefined
          : await deps.throttle.attempt(user.email, request.ip);
      if (retryAfterSeconds !== undefined) {
        const message = "Too many attempts";
        return reply.fail(failure("too_many_requests", message, { retryAfterSeconds }).error);
      }
      const result = await updateProfile(deps, { user, agent, session }, body);
      if (!result.ok) return reply.fail(result.error);
      if (body.password !== undefined) await deps.throttle.succeeded(user.email, request.ip);
      const profile = await loadProfile(deps, result.data, cameOf(request));
      return profile ? reply.send(profile) : reply.fail(noAccount);
    },
  );
  app.post(
    applicationPaths.resetAccessToken(),
    { schema: { response: { 200: profileSchema } } },
    async (request, reply) => {
      if (request.agent.scopes) return reply.fail(outOfScope().error);
      const user = await resetAccessToken(deps, request.user);
      const profile = await loadProfile(deps, user, cameOf(request));
      return profile ? reply.send(profile) : reply.fail(noAccount);
    },
  );
  app.route({
    method: ["PUT", "POST"],
    url: applicationPaths.availability(),
    schema: { body: setAvailabilitySchema, response: { 200: profileSchema } },
    handler: async (request, reply) => {
      await setAvailability(deps, request.agent, request.body.availability);
      const profile = await loadProfile(deps, request.user, cameOf(request));
      return profile ? reply.send(profile) : reply.fail(noAccount);
    },
  });
}

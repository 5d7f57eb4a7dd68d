import { Failure } from "../../protocol/failure.js";
import { endSession, signIn } from "../../protocol/session.js";
import { text } from "../../text.js";
import { byId } from "../dom.js";
import { notify } from "../notices.js";

/** Who is signed in, and the way out. Where nobody signs in, nobody is shown. */
export function showAccount({ user = null, sign_in: page = null }) {
  byId("account").hidden = !user || !page;
  if (!user) return;
  byId("account-name").textContent = user.name;
  byId("account-name").title = text.signedInAs(user.name);
  byId("sign-out").addEventListener("click", async () => {
    try {
      await endSession();
      await signIn();
    } catch {
      notify(Failure.network().message);
    }
  });
}

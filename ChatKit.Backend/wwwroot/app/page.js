import { Deeds } from "./deeds.js";
import { Conversation } from "./model/conversation.js";
import { awaitTitle } from "./model/late-title.js";
import { ThreadList } from "./model/thread-list.js";
import { ThreadSearch } from "./model/thread-search.js";
import { Uploads } from "./model/uploads.js";
import { ChatKitClient } from "./protocol/chatkit.js";
import { fetchModels, fetchTools } from "./protocol/choices.js";
import { fetchSession } from "./protocol/session.js";
import { fetchUploadSettings } from "./protocol/settings.js";
import { addressOf, go, onNavigate, replaceAddress, threadInAddress } from "./router.js";
import { text } from "./text.js";
import { announce } from "./view/announcer.js";
import { Composer } from "./view/composer/composer.js";
import { ModelPicker } from "./view/composer/model-picker.js";
import { ToolPicker } from "./view/composer/tool-picker.js";
import { ConversationView } from "./view/conversation-view.js";
import { byId } from "./view/dom.js";
import { again } from "./view/failure-row.js";
import { notifyOf } from "./view/notices.js";
import { scrollFollow } from "./view/scroll-follow.js";
import { showAccount } from "./view/shell/account.js";
import { drawer } from "./view/shell/drawer.js";
import { quoteSelection } from "./view/quote-selection.js";
import { shortcuts } from "./view/shell/shortcuts.js";
import { Sidebar } from "./view/shell/sidebar.js";
import { threadMenu } from "./view/shell/thread-menu.js";
import { titleOf } from "./view/shell/thread-row.js";

/** Ties the address, the conversations and their views together. */
export class Page {
  client = new ChatKitClient("chatkit");
  shown = null;
  #threads = new ThreadList(this.client);
  /** Conversations in which an answer is being written, by thread id: it goes on while another one is read. */
  #running = new Map();
  #drawer = drawer();
  #models = new ModelPicker();
  #tools = new ToolPicker();
  #uploadSettings = null;
  #deeds = new Deeds(this);
  uploads = new Uploads(this.client, () => this.#uploadSettings);
  composer = new Composer(this.uploads, { send: (said) => this.#send(said), stop: () => this.shown.turns.stop(), editLast: () => this.#editLast() });
  view = new ConversationView({ follow: scrollFollow(), choose: (words) => this.#send({ words }), deeds: this.#deeds });
  #sidebar = new Sidebar(this.#threads, new ThreadSearch(), {
    isRunning: (id) => this.#running.has(id),
    rename: (id, title) => this.#rename(id, title),
    remove: (id) => this.#remove(id),
  });

  async start() {
    onNavigate((id) => this.#open(id));
    document.addEventListener("click", ({ target }) => this.#chosenAgain(target.closest("a[href^='#/']")));
    shortcuts({ stop: () => this.#stopByKey(), newChat: () => go(null), search: () => this.#search(), write: () => this.composer.focus(), sidebar: () => this.#drawer.toggle() });
    quoteSelection((words) => {
      this.composer.quote(words);
      this.composer.focus();
    });
    threadMenu(() => this.shown, this.#sidebar);
    this.#open(threadInAddress());
    this.#threads.loadMore();
    fetchSession().then(showAccount);
    fetchTools().then((tools) => this.#tools.fill(tools));
    this.#uploadSettings = await fetchUploadSettings();
    byId("attach").hidden = false;
  }

  async #open(id) {
    const running = this.#running.get(id);
    const conversation = running ?? this.#begin();
    this.shown = conversation;
    this.#drawer.dismiss();
    this.composer.open(id);
    this.#sidebar.show(id);
    this.#fillModels();
    if (id && !running && !await this.#load(conversation, id)) return;
    this.view.show(conversation);
    this.#models.show(conversation.options.model ?? null);
    this.#showState();
    if (id && !running) conversation.turns.join();
    if (matchMedia("(pointer: fine)").matches) this.composer.focus();
  }

  /** Asked again at the next conversation when the gateway was not up yet. */
  async #fillModels() {
    if (this.#models.isEmpty) this.#models.fill(await fetchModels());
  }

  #begin() {
    const conversation = new Conversation(this.client);
    conversation.addEventListener("thread", () => this.#threadChanged(conversation));
    conversation.addEventListener("turn", ({ detail }) => this.#turnChanged(conversation, detail?.ended));
    conversation.addEventListener("notice", ({ detail }) => notifyOf(detail.notice));
    conversation.addEventListener("call", ({ detail }) => this.#deeds.toolCalled(conversation, detail.item));
    conversation.addEventListener("effect", ({ detail }) => this.#deeds.effect(detail));
    return conversation;
  }

  /** False when the conversation could not be loaded, or another one was opened meanwhile. */
  async #load(conversation, id) {
    this.view.showLoading();
    const known = this.#threads.find(id);
    this.#showTitle(known ? titleOf(known) : text.loading);
    this.composer.show({ busy: true, stoppable: false, closed: null });
    try {
      await conversation.load(id);
      if (this.shown !== conversation) return false;
      announce(text.opened(titleOf(conversation.thread)));
      return true;
    } catch (failure) {
      if (this.shown !== conversation) return false;
      this.#showTitle(text.unavailable);
      if (failure.status === 404) this.view.showFailure(text.failures.noThread, [{ label: text.newChat, action: () => go(null) }]);
      else this.view.showFailure(failure.message, [again(() => this.#open(id))]);
      return false;
    }
  }

  #send(said) {
    const conversation = this.shown;
    if (conversation.turn) return;
    conversation.turns.send({ ...said, model: this.#models.chosen, tool: this.#tools.chosen });
    this.#tools.clear();
  }

  #editLast() {
    const last = this.shown.items.findLast((item) => item.type === "user_message");
    const button = last && this.view.rowOf(last)?.querySelector(".edit-message");
    if (!button || button.hidden) return false;
    button.click();
    return true;
  }

  #threadChanged(conversation) {
    const { thread, turn } = conversation;
    if (turn) this.#running.set(thread.id, conversation);
    if (conversation === this.shown && threadInAddress() !== thread.id) {
      replaceAddress(thread.id);
      this.composer.rename(thread.id);
      this.#sidebar.show(thread.id);
    }

    this.#threads.put({ ...thread, provisionalTitle: conversation.firstWords });
    if (conversation === this.shown) this.#showState();
  }

  #turnChanged(conversation, ended) {
    const id = conversation.thread?.id;
    if (id && ended) this.#running.delete(id);
    else if (id) this.#running.set(id, conversation);
    if (id && ended && !conversation.thread.title) this.#awaitTitle(id);
    this.#sidebar.draw();
    if (conversation === this.shown) this.#showState();
  }

  #awaitTitle(id) {
    awaitTitle(this.client, id, {
      isWanted: () => this.#threads.find(id) && !this.#running.has(id),
      found: (thread) => this.#retitle(thread),
    });
  }

  async #rename(id, title) {
    this.#retitle(await this.client.renameThread(id, title));
  }

  #retitle(thread) {
    this.#threads.put(thread);
    if (this.shown.thread?.id !== thread.id) return;
    this.shown.thread.title = thread.title;
    this.#showState();
  }

  async #remove(id) {
    this.#running.get(id)?.turns.stop();
    await this.client.deleteThread(id);
    this.#threads.drop(id);
    if (threadInAddress() !== id) return;
    replaceAddress(null);
    this.#open(null);
  }

  #showState() {
    const { thread, turn } = this.shown;
    this.#showTitle(thread ? titleOf({ ...thread, provisionalTitle: this.shown.firstWords }) : text.newChat);
    byId("thread-menu").hidden = thread === null;
    this.composer.show({
      busy: turn !== null,
      stoppable: turn?.cancellable ?? false,
      closed: this.shown.isOpen ? null : text.closedThread(thread.status.reason),
    });
  }

  #showTitle(title) {
    byId("title").textContent = title;
    document.title = text.pageTitle(title);
  }

  #stopByKey() {
    if (!this.shown.turn?.cancellable) return false;
    this.shown.turns.stop();
    return true;
  }

  #search() {
    this.#drawer.open();
    byId("search").focus();
  }

  /** A link to what is shown already navigates nowhere, but the person still means to go there. */
  #chosenAgain(link) {
    if (!link || link.getAttribute("href") !== addressOf(threadInAddress())) return;
    this.#drawer.dismiss();
    this.composer.focus();
  }
}

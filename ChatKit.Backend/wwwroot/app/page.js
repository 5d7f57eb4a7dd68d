import { Conversation } from "./model/conversation.js";
import { awaitTitle } from "./model/late-title.js";
import { ThreadList } from "./model/thread-list.js";
import { ChatKitClient } from "./protocol/chatkit.js";
import { fetchModels } from "./protocol/models.js";
import { addressOf, go, onNavigate, replaceAddress, threadInAddress } from "./router.js";
import { text } from "./text.js";
import { announce } from "./view/announcer.js";
import { Composer } from "./view/composer.js";
import { ConversationView } from "./view/conversation-view.js";
import { byId, isCovered } from "./view/dom.js";
import { drawer } from "./view/drawer.js";
import { again } from "./view/failure-row.js";
import { ModelPicker } from "./view/model-picker.js";
import { notify } from "./view/notices.js";
import { scrollFollow } from "./view/scroll-follow.js";
import { Sidebar } from "./view/sidebar.js";
import { titleOf } from "./view/thread-row.js";

/** Ties the address, the conversations and their views together. */
export class Page {
  #client = new ChatKitClient("chatkit");
  #threads = new ThreadList(this.#client);
  /** Conversations in which an answer is being written, by thread id: it goes on while another one is read. */
  #running = new Map();
  #shown = null;
  #drawer = drawer();
  #models = new ModelPicker();
  #composer = new Composer({ send: (words) => this.#send(words), stop: () => this.#shown.stop() });
  #view = new ConversationView({
    follow: scrollFollow(),
    choose: (prompt) => this.#send(prompt),
    takeBack: (words) => this.#takeBack(words),
  });
  #sidebar = new Sidebar(this.#threads, {
    isRunning: (id) => this.#running.has(id),
    rename: (id, title) => this.#rename(id, title),
    remove: (id) => this.#remove(id),
  });

  start() {
    onNavigate((id) => this.#open(id));
    document.addEventListener("keydown", (event) => this.#stopByEscape(event));
    document.addEventListener("click", ({ target }) => this.#chosenAgain(target.closest("a[href^='#/']")));
    this.#open(threadInAddress());
    this.#threads.loadMore();
  }

  async #open(id) {
    const running = this.#running.get(id);
    const conversation = running ?? this.#begin();
    this.#shown = conversation;
    this.#drawer.dismiss();
    this.#composer.open(id);
    this.#sidebar.show(id);
    this.#fillModels();
    if (id && !running && !await this.#load(conversation, id)) return;
    this.#view.show(conversation);
    this.#models.show(conversation.model);
    this.#showState();
    if (matchMedia("(pointer: fine)").matches) this.#composer.focus();
  }

  /** Asked again at the next conversation when the gateway was not up yet. */
  async #fillModels() {
    if (this.#models.isEmpty) this.#models.fill(await fetchModels("api/models"));
  }

  #begin() {
    const conversation = new Conversation(this.#client);
    conversation.addEventListener("thread", () => this.#threadChanged(conversation));
    conversation.addEventListener("turn", ({ detail }) => this.#turnChanged(conversation, detail?.ended));
    conversation.addEventListener("notice", ({ detail }) => notify(detail.notice.message, detail.notice.level));
    return conversation;
  }

  /** False when the conversation could not be loaded, or another one was opened meanwhile. */
  async #load(conversation, id) {
    this.#view.showLoading();
    const known = this.#threads.find(id);
    this.#showTitle(known ? titleOf(known) : text.loading);
    this.#composer.show({ busy: true, stoppable: false, closed: null });
    try {
      await conversation.load(id);
      if (this.#shown !== conversation) return false;
      announce(text.opened(titleOf(conversation.thread)));
      return true;
    } catch (failure) {
      if (this.#shown !== conversation) return false;
      this.#showTitle(text.unavailable);
      if (failure.status === 404) this.#view.showFailure(text.failures.noThread, [{ label: text.newChat, action: () => go(null) }]);
      else this.#view.showFailure(failure.message, [again(() => this.#open(id))]);
      return false;
    }
  }

  #send(words) {
    this.#shown.send(words, this.#models.chosen);
  }

  #takeBack(words) {
    this.#composer.write(words);
    this.#composer.focus();
  }

  #threadChanged(conversation) {
    const { thread, turn } = conversation;
    if (turn) this.#running.set(thread.id, conversation);
    if (conversation === this.#shown && threadInAddress() !== thread.id) {
      replaceAddress(thread.id);
      this.#composer.rename(thread.id);
      this.#sidebar.show(thread.id);
    }

    this.#threads.put({ ...thread, provisionalTitle: conversation.firstWords });
    if (conversation === this.#shown) this.#showState();
  }

  #turnChanged(conversation, ended) {
    const id = conversation.thread?.id;
    if (id && ended) this.#running.delete(id);
    else if (id) this.#running.set(id, conversation);
    if (id && ended && !conversation.thread.title) this.#awaitTitle(id);
    this.#sidebar.draw();
    if (conversation === this.#shown) this.#showState();
  }

  #awaitTitle(id) {
    awaitTitle(this.#client, id, {
      isWanted: () => this.#threads.find(id) && !this.#running.has(id),
      found: (thread) => this.#retitle(thread),
    });
  }

  async #rename(id, title) {
    this.#retitle(await this.#client.renameThread(id, title));
  }

  #retitle(thread) {
    this.#threads.put(thread);
    if (this.#shown.thread?.id !== thread.id) return;
    this.#shown.thread.title = thread.title;
    this.#showState();
  }

  async #remove(id) {
    this.#running.get(id)?.stop();
    await this.#client.deleteThread(id);
    this.#threads.drop(id);
    if (threadInAddress() !== id) return;
    replaceAddress(null);
    this.#open(null);
  }

  #showState() {
    const { thread, turn } = this.#shown;
    const locked = thread && thread.status.type !== "active";
    this.#showTitle(thread ? titleOf({ ...thread, provisionalTitle: this.#shown.firstWords }) : text.newChat);
    this.#composer.show({
      busy: turn !== null,
      stoppable: turn?.cancellable ?? false,
      closed: locked ? text.closedThread(thread.status.reason) : null,
    });
  }

  #showTitle(title) {
    byId("title").textContent = title;
    document.title = text.pageTitle(title);
  }

  /** Escape stops the answer, unless something that lies above the conversation takes it. */
  #stopByEscape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || isCovered()) return;
    if (this.#shown.turn?.cancellable) this.#shown.stop();
  }

  /** A link to what is shown already navigates nowhere, but the person still means to go there. */
  #chosenAgain(link) {
    if (!link || link.getAttribute("href") !== addressOf(threadInAddress())) return;
    this.#drawer.dismiss();
    this.#composer.focus();
  }
}

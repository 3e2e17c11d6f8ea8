//! Waiting: what the browser promises becomes a future, and work of ours becomes a promise.
//!
//! Of our own, because it needs so little here: every future that work of ours waits for is a promise of the browser, so the
//! promise's callback goes on with the work that waits. The general way (a queue of tasks and wakers) is 3 KB of the module.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::chrome;

/// Work to be done. Boxed, because every kind of future that is started brings 1 KB of code.
pub(crate) type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Work that was started; none while it is going on, and when it is done.
struct Task(Cell<Option<Work>>);

thread_local! {
    /// The task whose work is going on.
    static CURRENT: RefCell<Option<Rc<Task>>> = const { RefCell::new(None) };
}

impl Task {
    /// Goes on with the work until it has to wait.
    fn go_on(self: Rc<Self>) {
        let Some(mut work) = self.0.take() else { return };
        let outer = CURRENT.replace(Some(Rc::clone(&self)));
        let progress = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        CURRENT.set(outer);
        if progress.is_pending() {
            self.0.set(Some(work));
        }
    }
}

/// Starts work, after what is going on.
pub(crate) fn start(work: Work) {
    let beginning = Promised::new(Ok(JsValue::UNDEFINED));
    beginning.0.waiting.set(Some(Rc::new(Task(Cell::new(Some(work))))));
}

/// What the browser promised.
pub(crate) struct Promised(Rc<Answer>);

type Settled = Result<JsValue, JsValue>;
type Callback = Closure<dyn FnMut(JsValue)>;

#[derive(Default)]
struct Answer {
    settled: Cell<Option<Settled>>,
    waiting: Cell<Option<Rc<Task>>>,
    /// One of them will be called, once; until then both must be there.
    callbacks: Cell<Option<[Callback; 2]>>,
}

impl Promised {
    /// The answer of a function that was called: what it promises, or that it threw.
    pub(crate) fn new(answer: Settled) -> Promised {
        let promise = match answer {
            Ok(promise) => Promise::resolve(&promise),
            Err(error) => Promise::reject(&error),
        };
        let answer = Rc::new(Answer::default());
        let [fulfilled, rejected] = [Ok, Err].map(|settled: fn(JsValue) -> Settled| {
            let answer = Rc::clone(&answer);
            Closure::once(move |value| answer.settle(settled(value)))
        });
        let _ = promise.then2(&fulfilled, &rejected);
        answer.callbacks.set(Some([fulfilled, rejected]));
        Promised(answer)
    }
}

impl Answer {
    fn settle(&self, settled: Settled) {
        self.callbacks.take();
        self.settled.set(Some(settled));
        if let Some(task) = self.waiting.take() {
            task.go_on();
        }
    }
}

impl Future for Promised {
    type Output = Settled;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Settled> {
        if let Some(settled) = self.0.settled.take() {
            return Poll::Ready(settled);
        }
        self.0.waiting.set(CURRENT.with_borrow(Clone::clone));
        Poll::Pending
    }
}

/// Does the work and promises its end.
pub(crate) fn promise(work: Work) -> JsValue {
    let (promise, keep) = open_promise();
    start(Box::pin(async move {
        work.await;
        kept(&keep);
    }));
    promise
}

/// A promise, and the function that keeps it.
pub(crate) fn open_promise() -> (JsValue, JsValue) {
    let parts = chrome::call_now("Promise.withResolvers", []).unwrap_or_default();
    (chrome::get(&parts, "promise"), chrome::get(&parts, "resolve"))
}

/// Keeps a promise, which cannot fail.
pub(crate) fn kept(keep: &JsValue) {
    let _ = chrome::invoke(keep, "call", []);
}

//! A connection that must make progress: one who asks and then does not read the answer is cut off, instead of holding its memory for ever.
//!
//! The clock runs only while an answer waits for its reader. In every [`WINDOW`] the reader has to take [`SHARE`] bytes, about a kilobyte a
//! second: a tenth of what the slowest mobile network carries. What the kernel holds for a reader counts as taken, so [`tune`] keeps that small.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};

/// How long a reader may take over its share.
const WINDOW: Duration = Duration::from_secs(30);
/// Bytes that have to be taken in a window.
const SHARE: usize = 32 * 1024;
/// What the kernel may hold for one reader (Linux doubles it). Room for some megabytes a second across Sweden.
const SEND_BUFFER: usize = 64 * 1024;

/// Prepares an accepted connection: answers leave at once, and little of them is kept for one who does not read.
pub(super) fn tune(stream: &TcpStream) {
    // Both are improvements only; a connection that refuses them still works.
    let _ = stream.set_nodelay(true);
    let _ = SockRef::from(stream).set_send_buffer_size(SEND_BUFFER);
}

/// A stream whose writes fail with [`ErrorKind::TimedOut`] when the other side takes too little.
#[derive(Debug)]
pub(super) struct Progress<S> {
    stream: S,
    window: Duration,
    /// While an answer waits: what has been taken in this window.
    waiting: Option<usize>,
    deadline: Pin<Box<Sleep>>,
}

impl<S> Progress<S> {
    /// Watches a stream.
    pub(super) fn new(stream: S) -> Self {
        Self::with_window(stream, WINDOW)
    }

    fn with_window(stream: S, window: Duration) -> Self {
        Self { stream, window, waiting: None, deadline: Box::pin(tokio::time::sleep(window)) }
    }

    fn open_window(&mut self) {
        self.waiting = Some(0);
        self.deadline.as_mut().reset(Instant::now() + self.window);
    }

    /// Looks at the outcome of a write.
    fn judge(&mut self, written: Poll<Result<usize>>, context: &mut Context<'_>) -> Poll<Result<usize>> {
        match &written {
            Poll::Ready(Ok(bytes)) => {
                if let Some(taken) = &mut self.waiting {
                    *taken += bytes;
                    if *taken >= SHARE {
                        self.open_window();
                    }
                }
            }
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                if self.waiting.is_none() {
                    self.open_window();
                }
            }
        }
        // Also after a successful write: a reader who takes a byte now and then never lets a write wait for long.
        if self.waiting.is_some() && self.deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the answer was not read")));
        }
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Progress<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Progress<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(written, context)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[IoSlice<'_>]) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.judge(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Asked for when nothing waits any more: the window closes.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let flushed = ready!(Pin::new(&mut self.stream).poll_flush(context));
        self.waiting = None;
        Poll::Ready(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const SHORT: Duration = Duration::from_millis(400);

    // Time is the runtime's own here: it stands still while anybody can go on, so a busy machine changes nothing.

    /// Sends this much through a pipe of 1 KiB to a reader that takes `bite` bytes every `pause`; says how it ended and when.
    async fn send(bytes: usize, bite: usize, pause: Duration) -> (Result<()>, Duration) {
        let (ours, mut theirs) = tokio::io::duplex(1_024);
        let reader = tokio::spawn(async move {
            let mut buffer = vec![0; bite];
            loop {
                tokio::time::sleep(pause).await;
                if matches!(theirs.read(&mut buffer).await, Ok(0) | Err(_)) {
                    return;
                }
            }
        });
        let started = Instant::now();
        let mut sender = Progress::with_window(ours, SHORT);
        let sent = sender.write_all(&vec![0; bytes]).await;
        let took = started.elapsed();
        reader.abort();
        (sent, took)
    }

    #[tokio::test(start_paused = true)]
    async fn one_who_does_not_read_is_cut_off_after_a_window() {
        let (sent, took) = send(100_000, 1, SHORT * 100).await;
        assert_eq!(sent.expect_err("cut off").kind(), ErrorKind::TimedOut);
        assert!(took >= SHORT && took < SHORT * 20, "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn one_who_reads_a_drop_at_a_time_is_cut_off_as_well() {
        let (sent, took) = send(100_000, 16, SHORT / 40).await;
        assert_eq!(sent.expect_err("cut off").kind(), ErrorKind::TimedOut);
        assert!(took < SHORT * 20, "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_reader_who_takes_the_share_may_go_on_for_many_windows() {
        let (sent, took) = send(SHARE * 12, 1_024, Duration::from_millis(5)).await;
        assert!(sent.is_ok(), "{sent:?}");
        assert!(took > SHORT * 3, "{took:?}");
    }
}

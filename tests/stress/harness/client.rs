//! A small HTTP/1.1 client over one kept connection: it never retries and never hides a broken connection, because that is what is tested.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// An answer, read whole.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Status code.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
    /// Name and value of a cookie that was set.
    pub cookie: Option<String>,
}

impl Answer {
    /// The body as JSON; `Null` when it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Whether it is a problem document (RFC 9457) with this status and type.
    pub(crate) fn is_problem(&self, status: u16, code: &str) -> bool {
        let body = self.json();
        self.status == status && self.content_type.starts_with("application/problem+json") && body["type"] == format!("/problems/{code}")
    }
}

/// One client; `Clone` gives another with a connection of its own.
#[derive(Debug)]
pub(crate) struct Client {
    address: SocketAddr,
    token: Option<String>,
    timeout: Duration,
    connection: Option<BufReader<TcpStream>>,
}

impl Clone for Client {
    fn clone(&self) -> Self {
        Self { address: self.address, token: self.token.clone(), timeout: self.timeout, connection: None }
    }
}

impl Client {
    /// A client of the service at this address.
    pub(crate) const fn new(address: SocketAddr) -> Self {
        Self { address, token: None, timeout: Duration::from_mins(1), connection: None }
    }

    /// One who sends this bearer token.
    pub(crate) fn with_token(address: SocketAddr, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..Self::new(address) }
    }

    /// Gets a path.
    pub(crate) fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, &[], b"")
    }

    /// Posts JSON.
    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Result<Answer> {
        self.send("POST", path, &[("content-type", "application/json")], body.to_string().as_bytes())
    }

    /// Sends anything. A connection that failed, or that the server closes, is not used again.
    pub(crate) fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n", self.address, body.len());
        if let Some(token) = &self.token {
            head.push_str(&format!("authorization: Bearer {token}\r\n"));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        // A server that refuses a body early answers before it is all sent: the answer counts, not the broken write.
        let sent = connection.get_mut().write_all(&request);
        let (answer, keep) =
            read_answer(&mut connection).map_err(|error| sent.as_ref().err().map_or(error, |e| Error::new(e.kind(), e.to_string())))?;
        if keep && sent.is_ok() {
            self.connection = Some(connection);
        }
        Ok(answer)
    }

    fn connect(&self) -> Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect_timeout(&self.address, self.timeout)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(self.timeout))?;
        stream.set_write_timeout(Some(self.timeout))?;
        Ok(BufReader::new(stream))
    }
}

/// Reads one answer; says whether the connection may be used again.
pub(crate) fn read_answer(connection: &mut impl BufRead) -> Result<(Answer, bool)> {
    let line = read_line(connection)?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| malformed(&line))?;
    let mut answer = Answer { status, content_type: String::new(), body: Vec::new(), cookie: None };
    let (mut length, mut chunked, mut keep) = (0, false, true);
    loop {
        let line = read_line(connection)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| malformed(&line))?;
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().map_err(|_| malformed(&line))?,
            "content-type" => value.clone_into(&mut answer.content_type),
            "set-cookie" => answer.cookie = value.split(';').next().map(str::to_owned),
            "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
            "connection" => keep = !value.eq_ignore_ascii_case("close"),
            _ => {}
        }
    }
    if chunked {
        loop {
            let line = read_line(connection)?;
            let size = usize::from_str_radix(&line, 16).map_err(|_| malformed(&line))?;
            read_exactly(connection, size, &mut answer.body)?;
            read_line(connection)?;
            if size == 0 {
                break;
            }
        }
    } else if status != 304 && status != 204 {
        read_exactly(connection, length, &mut answer.body)?;
    }
    Ok((answer, keep))
}

fn read_line(connection: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(Error::new(ErrorKind::UnexpectedEof, "closed before an answer"));
    }
    Ok(line.trim_end().to_owned())
}

fn read_exactly(connection: &mut impl BufRead, size: usize, body: &mut Vec<u8>) -> Result<()> {
    let read = connection.take(size as u64).read_to_end(body)?;
    if read == size { Ok(()) } else { Err(Error::new(ErrorKind::UnexpectedEof, "closed in the middle of an answer")) }
}

fn malformed(line: &str) -> Error {
    Error::new(ErrorKind::InvalidData, format!("not HTTP: {line:?}"))
}

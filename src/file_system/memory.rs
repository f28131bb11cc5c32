//! [`Memory`]: a file system that is a map, for tests.
//!
//! Paths start at `/`. It has files and folders only: links, pipes and permissions are tested on a
//! real disk. It can be told to fail, as a full disk does or as the end of the process does.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::{Action, Entry, FileError, FileLock, FileSystem, Kind, Metadata, Stamp};

/// Files and folders in memory. A clone is another handle on the same files.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<State>>);

/// How long a [`Memory`] goes on refusing changes once it has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// Once: a disk that was full for a moment.
    Once,
    /// From there on: for the files, the same as the end of the process.
    Onwards,
}

#[derive(Debug, Default)]
struct State {
    nodes: BTreeMap<PathBuf, Node>,
    locked: BTreeSet<PathBuf>,
    forbidden: BTreeSet<PathBuf>,
    n_changes: usize,
    fails_at: Option<(usize, Failing)>,
}

#[derive(Clone, Debug)]
enum Node {
    Folder,
    File { bytes: Arc<[u8]>, modified: SystemTime },
}

impl Memory {
    /// An empty file system.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file there, with the folders above it, whatever was there before.
    pub fn put(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> &Self {
        let path = plain(path.as_ref());
        let mut state = self.state();
        for folder in path.ancestors().skip(1) {
            state.nodes.insert(folder.to_owned(), Node::Folder);
        }
        let modified = state.now();
        state.nodes.insert(path, Node::File { bytes: bytes.as_ref().into(), modified });
        drop(state);
        self
    }

    /// Lets a file be seen, but not read.
    pub fn forbid(&self, path: impl AsRef<Path>) {
        self.state().forbidden.insert(plain(path.as_ref()));
    }

    /// Every file with its bytes, in the order of the paths.
    pub fn files(&self) -> BTreeMap<PathBuf, Arc<[u8]>> {
        let state = self.state();
        let files = state.nodes.iter().filter_map(|(path, node)| match node {
            Node::File { bytes, .. } => Some((path.clone(), Arc::clone(bytes))),
            Node::Folder => None,
        });
        files.collect()
    }

    /// Every folder, in the order of the paths.
    pub fn folders(&self) -> Vec<PathBuf> {
        let state = self.state();
        let folders = state.nodes.iter().filter(|(_, node)| matches!(node, Node::Folder));
        folders.map(|(path, _)| path.clone()).collect()
    }

    /// How many changes were made or refused so far.
    pub fn n_changes(&self) -> usize {
        self.state().n_changes
    }

    /// Lets the change number `n` from now on (from 1) fail.
    pub fn fail(&self, n: usize, failing: Failing) {
        let mut state = self.state();
        state.fails_at = Some((state.n_changes + n, failing));
    }

    /// Lets time pass in which nothing happens.
    pub fn wait(&self) {
        self.state().n_changes += 60;
    }

    /// Lets everything succeed again.
    pub fn heal(&self) {
        self.state().fails_at = None;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A test that failed while it held the lock has left no half change behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// A clock that moves with each change and reads no real time, so that tests repeat.
    fn now(&mut self) -> SystemTime {
        self.n_changes += 1;
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.n_changes as u64)
    }

    fn change(&mut self) -> io::Result<SystemTime> {
        let now = self.now();
        match self.fails_at {
            Some((at, Failing::Once)) if at == self.n_changes => Err(io::ErrorKind::StorageFull.into()),
            Some((at, Failing::Onwards)) if at <= self.n_changes => Err(io::ErrorKind::StorageFull.into()),
            _ => Ok(now),
        }
    }

    fn children(&self, folder: &Path) -> Vec<PathBuf> {
        let below = self.nodes.range(folder.to_owned()..).skip(1).map(|(path, _)| path);
        let below = below.take_while(|path| path.starts_with(folder));
        below.filter(|path| path.parent() == Some(folder)).cloned().collect()
    }

    fn walk(&self, folder: &Path, enter: &dyn Fn(&Entry) -> bool, found: &mut Vec<Result<Entry, FileError>>) {
        for path in self.children(folder) {
            let is_folder = matches!(self.nodes.get(&path), Some(Node::Folder));
            let kind = if is_folder { Kind::Folder } else { Kind::File };
            let entry = Entry { path: path.clone(), kind };
            let entered = is_folder && enter(&entry);
            found.push(Ok(entry));
            if entered {
                self.walk(&path, enter, found);
            }
        }
    }

    fn folder_of(&self, path: &Path) -> io::Result<()> {
        match path.parent().map(|folder| self.nodes.get(folder)) {
            None | Some(Some(Node::Folder)) => Ok(()),
            Some(Some(Node::File { .. })) => Err(io::ErrorKind::NotADirectory.into()),
            Some(None) => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn write_new(&mut self, path: PathBuf, bytes: &[u8]) -> io::Result<()> {
        self.folder_of(&path)?;
        if self.nodes.contains_key(&path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let (written, outcome) = match self.change() {
            Ok(_) => (bytes, Ok(())),
            // What a full disk leaves behind: the bytes for which there was room.
            Err(full) => (&bytes[..bytes.len() / 2], Err(full)),
        };
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(self.n_changes as u64);
        self.nodes.insert(path, Node::File { bytes: written.into(), modified });
        outcome
    }

    fn rename(&mut self, from: &Path, to: PathBuf) -> io::Result<()> {
        self.folder_of(&to)?;
        match (self.nodes.get(from), self.nodes.get(&to)) {
            (None, _) => return Err(io::ErrorKind::NotFound.into()),
            (Some(Node::File { .. }), Some(Node::Folder)) => return Err(io::ErrorKind::IsADirectory.into()),
            (Some(Node::Folder), Some(_)) => return Err(io::ErrorKind::AlreadyExists.into()),
            _ => {}
        }
        self.change()?;
        let moved: Vec<PathBuf> = self.nodes.keys().filter(|path| path.starts_with(from)).cloned().collect();
        for path in moved {
            if let (Ok(rest), Some(node)) = (path.strip_prefix(from), self.nodes.remove(&path)) {
                let path = if rest.as_os_str().is_empty() { to.clone() } else { to.join(rest) };
                self.nodes.insert(path, node);
            }
        }
        Ok(())
    }

    fn remove_empty_folder(&mut self, path: &Path) -> io::Result<bool> {
        if !matches!(self.nodes.get(path), Some(Node::Folder)) || !self.children(path).is_empty() {
            return Ok(false);
        }
        self.change()?;
        self.nodes.remove(path);
        Ok(true)
    }

    fn create_folders(&mut self, path: &Path) -> io::Result<()> {
        let missing: Vec<PathBuf> = path
            .ancestors()
            .take_while(|folder| !matches!(self.nodes.get(*folder), Some(Node::Folder)))
            .map(Path::to_owned)
            .collect();
        for folder in missing.into_iter().rev() {
            if self.nodes.contains_key(&folder) {
                return Err(io::ErrorKind::NotADirectory.into());
            }
            self.change()?;
            self.nodes.insert(folder, Node::Folder);
        }
        Ok(())
    }
}

impl FileSystem for Memory {
    fn walk(&self, folder: &Path, enter: &dyn Fn(&Entry) -> bool) -> Result<Vec<Result<Entry, FileError>>, FileError> {
        let folder = plain(folder);
        let state = self.state();
        match state.nodes.get(&folder) {
            Some(Node::Folder) => {}
            Some(Node::File { .. }) => {
                return Err(FileError::new(Action::Walk, &folder, io::ErrorKind::NotADirectory.into()));
            }
            None => return Err(FileError::new(Action::Walk, &folder, io::ErrorKind::NotFound.into())),
        }
        let mut found = Vec::new();
        state.walk(&folder, enter, &mut found);
        Ok(found)
    }

    fn metadata(&self, path: &Path) -> Result<Option<Metadata>, FileError> {
        Ok(self.state().nodes.get(&plain(path)).map(|node| match node {
            Node::Folder => Metadata { kind: Kind::Folder, len: 0, modified: None, stamp: None },
            Node::File { bytes, modified } => Metadata {
                kind: Kind::File,
                len: bytes.len() as u64,
                modified: Some(*modified),
                stamp: Some(stamp(bytes.len() as u64, *modified)),
            },
        }))
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
        let state = self.state();
        let refusal = match state.nodes.get(&plain(path)) {
            Some(_) if state.forbidden.contains(&plain(path)) => io::ErrorKind::PermissionDenied,
            Some(Node::File { bytes, .. }) if bytes.len() as u64 <= limit => return Ok(bytes.to_vec()),
            Some(Node::File { .. }) => io::ErrorKind::FileTooLarge,
            Some(Node::Folder) => io::ErrorKind::IsADirectory,
            None => io::ErrorKind::NotFound,
        };
        Err(FileError::new(Action::Read, path, refusal.into()))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let done = self.state().write_new(plain(path), bytes);
        done.map_err(|source| FileError::new(Action::Write, path, source))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), FileError> {
        let done = self.state().rename(&plain(from), plain(to));
        done.map_err(|source| FileError::new(Action::Rename, to, source))
    }

    fn remove_file(&self, path: &Path) -> Result<(), FileError> {
        let mut state = self.state();
        match state.nodes.get(&plain(path)) {
            None => return Ok(()),
            Some(Node::Folder) => {
                return Err(FileError::new(Action::Remove, path, io::ErrorKind::IsADirectory.into()));
            }
            Some(Node::File { .. }) => {}
        }
        state.change().map_err(|source| FileError::new(Action::Remove, path, source))?;
        state.nodes.remove(&plain(path));
        // Rights are a file's own: the next one of this name has others.
        state.forbidden.remove(&plain(path));
        Ok(())
    }

    fn remove_empty_folder(&self, path: &Path) -> Result<bool, FileError> {
        let done = self.state().remove_empty_folder(&plain(path));
        done.map_err(|source| FileError::new(Action::Remove, path, source))
    }

    fn create_folders(&self, path: &Path) -> Result<(), FileError> {
        let done = self.state().create_folders(&plain(path));
        done.map_err(|source| FileError::new(Action::CreateFolder, path, source))
    }

    fn canonicalise(&self, path: &Path) -> Result<PathBuf, FileError> {
        let path = plain(path);
        if self.state().nodes.contains_key(&path) {
            return Ok(path);
        }
        Err(FileError::new(Action::Inspect, &path, io::ErrorKind::NotFound.into()))
    }

    fn absolute(&self, path: &Path) -> Result<PathBuf, FileError> {
        Ok(Path::new("/").join(path))
    }

    fn lock(&self, path: &Path) -> Result<Option<FileLock>, FileError> {
        let path = plain(path);
        let mut state = self.state();
        if state.locked.contains(&path) {
            return Ok(None);
        }
        if !state.nodes.contains_key(&path) {
            let made = state.write_new(path.clone(), b"");
            made.map_err(|source| FileError::new(Action::Lock, &path, source))?;
        }
        state.locked.insert(path.clone());
        drop(state);
        Ok(Some(FileLock::new(Held { memory: self.clone(), path })))
    }
}

struct Held {
    memory: Memory,
    path: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.memory.state().locked.remove(&self.path);
    }
}

/// No two changes happen at the same moment here, so the moment stands for all that a disk would tell.
fn stamp(len: u64, modified: SystemTime) -> Stamp {
    let since = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let modified = i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
    Stamp { len, modified, changed: modified, inode: since.as_secs() }
}

/// The path from `/`, without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::from("/");
    for part in path.components() {
        match part {
            Component::Normal(part) => plain.push(part),
            Component::ParentDir => {
                plain.pop();
            }
            Component::RootDir | Component::CurDir | Component::Prefix(_) => {}
        }
    }
    plain
}

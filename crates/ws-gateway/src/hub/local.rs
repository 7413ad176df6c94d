//! Who is connected through one worker thread, and in which rooms: the part of the index that
//! this thread needs to reach its own connections without asking anybody.

use std::collections::HashMap;
use std::rc::Rc;

use domain::{RoomId, UserId};

use super::link::Link;

/// The connections of one thread, by person and by room.
#[derive(Default)]
pub(super) struct Local {
    links: HashMap<u64, Rc<Link>>,
    people: HashMap<UserId, Person>,
    rooms: HashMap<RoomId, HashMap<UserId, Links>>,
}

/// The connections of a person. A room shares it with the person's own entry.
type Links = Rc<[Rc<Link>]>;

struct Person {
    links: Links,
    rooms: Vec<RoomId>,
}

impl Local {
    /// Adds a connection that is nobody's yet.
    pub(super) fn open(&mut self, link: &Rc<Link>) {
        self.links.insert(link.handle.id, Rc::clone(link));
    }

    /// Takes a connection out; whose it was hears it from [`unbind`](Self::unbind).
    pub(super) fn close(&mut self, connection: u64) {
        self.links.remove(&connection);
        if self.links.is_empty() {
            self.links = HashMap::new();
        }
    }

    /// A connection is a person's, who is in these rooms.
    pub(super) fn bind(&mut self, user: UserId, connection: u64, rooms: Vec<RoomId>) {
        let Some(link) = self.links.get(&connection).map(Rc::clone) else {
            return;
        };
        match self.people.get(&user) {
            Some(person) => {
                let links = person.links.iter().cloned().chain([link]).collect();
                self.relink(user, &links);
            }
            None => {
                let links: Links = Rc::new([link]);
                let rooms_here = Vec::new();
                let person = Person {
                    links,
                    rooms: rooms_here,
                };
                self.people.insert(user, person);
                self.enter(user, rooms);
            }
        }
    }

    /// A connection is nobody's any more.
    pub(super) fn unbind(&mut self, user: UserId, connection: u64) {
        let Some(person) = self.people.get(&user) else { return };
        let links: Links = person
            .links
            .iter()
            .filter(|link| link.handle.id != connection)
            .cloned()
            .collect();
        if !links.is_empty() {
            return self.relink(user, &links);
        }
        let rooms = self.people.remove(&user).map(|person| person.rooms);
        for room in rooms.into_iter().flatten() {
            self.forget_in_room(room, user);
        }
    }

    /// A person is in these rooms.
    pub(super) fn enter(&mut self, user: UserId, rooms: impl IntoIterator<Item = RoomId>) {
        let Some(person) = self.people.get_mut(&user) else {
            return;
        };
        for room in rooms {
            let members = self.rooms.entry(room).or_default();
            if members.insert(user, Rc::clone(&person.links)).is_none() {
                person.rooms.push(room);
            }
        }
    }

    /// A person is not in the room any more.
    pub(super) fn leave(&mut self, user: UserId, room: RoomId) {
        self.forget_in_room(room, user);
        if let Some(person) = self.people.get_mut(&user) {
            person.rooms.retain(|own| *own != room);
        }
    }

    /// A room is no more.
    pub(super) fn remove_room(&mut self, room: RoomId) {
        for user in self.rooms.remove(&room).into_iter().flat_map(HashMap::into_keys) {
            if let Some(person) = self.people.get_mut(&user) {
                person.rooms.retain(|own| *own != room);
            }
        }
    }

    /// The members of a room who are connected here.
    pub(super) fn members(&self, room: RoomId) -> impl Iterator<Item = (UserId, &[Rc<Link>])> {
        let members = self.rooms.get(&room).into_iter().flatten();
        members.map(|(user, links)| (*user, &**links))
    }

    /// The connections of a person.
    pub(super) fn links_of(&self, user: UserId) -> &[Rc<Link>] {
        self.people.get(&user).map_or(&[], |person| &person.links)
    }

    fn relink(&mut self, user: UserId, links: &Links) {
        let Some(person) = self.people.get_mut(&user) else {
            return;
        };
        person.links = Rc::clone(links);
        for room in &person.rooms {
            if let Some(members) = self.rooms.get_mut(room) {
                members.insert(user, Rc::clone(links));
            }
        }
    }

    fn forget_in_room(&mut self, room: RoomId, user: UserId) {
        if let Some(members) = self.rooms.get_mut(&room) {
            members.remove(&user);
            if members.is_empty() {
                self.rooms.remove(&room);
            }
        }
    }
}

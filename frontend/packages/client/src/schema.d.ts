// Made by "npm run generate" from the API document of the server. Do not edit.

export interface paths {
  '/api/friend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's friends. The cursor is the id of the last one of the page before. */
    get: operations['listFriends'];
    put?: never;
    /**
     * Makes the caller and another person friends, and gives their private room.
     * @description The room is made once and found again ever after.
     */
    post: operations['addFriend'];
    /**
     * Ends a friendship. The private room turns read-only and keeps its history.
     * @description The id may stand in a JSON body as well.
     */
    delete: operations['removeFriend'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/invitation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The links into a room that hold, the newest first: for its creator and admins. */
    get: operations['listInvitations'];
    put?: never;
    /**
     * Makes a link that brings people into a room: for its creator and admins.
     * @description It holds as long as it has uses and time left and its maker may add people to the room. A room
     *      has at most 50 at a time; one more answers 409.
     */
    post: operations['createInvitation'];
    /** Takes a link back: for its maker and for the room's creator and admins. */
    delete: operations['removeInvitation'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/invitation/{code}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where a link leads, for whoever has it. */
    get: operations['getInvitation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/invitation/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Comes into a room by a link. Who is in already uses nothing of it up.
     * @description Unknown, ended, used up and taken back are one answer: 404.
     */
    post: operations['acceptInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/joinRoom': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Comes into an open room, or into the lobby. */
    post: operations['joinRoom'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Signs a device in.
     * @description Also sets the cookies that refresh the session and open media in a page.
     */
    post: operations['login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Signs a device out: its tokens stop working at once and its sockets are closed.
     * @description Signing out twice, or without having signed in, is no mistake.
     */
    post: operations['logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Changes the caller's password and signs all other devices out. */
    post: operations['changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/preference': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the caller's clients remember for them on every device, by rising key. */
    get: operations['listPreferences'];
    put?: never;
    /**
     * Sets preferences, and removes those whose value is null: all of them or none.
     * @description Answers them as they stand then. The last writer wins: what was chosen before the stored value
     *      changes nothing. At most 1000 are kept; one more answers 409.
     */
    post: operations['setPreferences'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Gives a new access token for the refresh cookie, which is exchanged as well.
     * @description A cookie that was used before ends the session: somebody has a copy of it. Only the last one
     *      is answered again within half a minute, in case the answer was lost.
     */
    post: operations['refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Makes an account. It joins the lobby; the first one on a server becomes its admin.
     * @description An invitation that is unknown or has ended answers 404, and nothing is made.
     */
    post: operations['register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/room': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One of the caller's rooms, or a page of them, newest activity first. */
    get: operations['getRooms'];
    put?: never;
    /** Makes a public room. The caller is its creator. */
    post: operations['createRoom'];
    /** Deletes a room with all its messages: for its creator. */
    delete: operations['removeRoom'];
    options?: never;
    head?: never;
    /**
     * Changes a room: for its creator and admins. Ids are added to those who are there.
     * @description Only the creator names admins, or hands the room over.
     */
    patch: operations['updateRoom'];
    trace?: never;
  };
  '/api/room/member': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The members of one of the caller's rooms, by rising user id. */
    get: operations['listMembers'];
    put?: never;
    post?: never;
    /** Removes a member, or leaves a room. A creator hands the room over first. */
    delete: operations['removeMember'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/room/message': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sends a message to one of the caller's rooms. When it answers, the message is durable.
     * @description A `clientMsgId` that the caller used before answers with the first message and stores nothing.
     */
    post: operations['sendMessage'];
    /** Takes a message back: one's own, or as creator or admin that of a weaker role. */
    delete: operations['removeMessage'];
    options?: never;
    head?: never;
    /** Gives one of the caller's text messages new words. */
    patch: operations['editMessage'];
    trace?: never;
  };
  '/api/room/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A page of a room's messages, by rising seq: the newest, or those near one of the three places. */
    get: operations['listMessages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/room/open': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Rooms of this server that anybody may come into, by rising id, whether the caller is in or not. */
    get: operations['listOpenRooms'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/room/reaction': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sets a reaction of the caller, or takes it away when `on` is false. */
    post: operations['react'];
    /** Takes a reaction of the caller away. The fields may stand in a JSON body as well. */
    delete: operations['unreact'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/room/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Moves the caller's read mark forward and gives it as it stands. */
    post: operations['markRead'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Messages of the caller's rooms that hold a text, newest first, with the places where it stands.
     * @description Filters leave out the others. With a room or a filter the text may be missing: `has=image`
     *      lists the pictures of a room.
     */
    get: operations['searchMessages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's signed-in devices, the last used first. */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    /** Signs one of the caller's devices out. */
    delete: operations['removeSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/upload': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stores a file, or promises a place for it in object storage.
     * @description A form holds the `file` and its `scene`, in any order. With a JSON body the answer is a
     *      pre-signed URL, where object storage is configured.
     */
    post: operations['upload'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/user': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Finds people by id, by the start of their name, or by their address. */
    get: operations['findUsers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/userImage': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The URL of somebody's picture.
     * @description A name that nobody has gets a generated one that looks like any other.
     */
    get: operations['getUserImage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/userInfo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's own profile and their rooms. */
    get: operations['getProfile'];
    put?: never;
    /** Changes the caller's own profile; what is left out stays as it is. */
    post: operations['updateProfile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description The old password and the new one. */
    ChangePassword: {
      /**
       * Format: password
       * @description The password from now on, 8 to 72 bytes.
       */
      newPassword: string;
      /**
       * Format: password
       * @description The password so far.
       */
      oldPassword: string;
    };
    /** @description An invitation to make. */
    CreateInvitation: {
      /**
       * Format: int64
       * @description The room that it leads to.
       */
      channelId: number;
      /**
       * Format: int64
       * @description For how many seconds it holds; for ever when it is left out.
       */
      expiresIn?: number | null;
      /**
       * Format: int64
       * @description How many people it brings in; 0 or left out for any number.
       */
      maxUses?: number | null;
    };
    /** @description A room to make. */
    CreateRoom: {
      /** @description Its first admins. */
      adminIds?: number[] | null;
      /** @description URL of its picture. */
      image?: string | null;
      /**
       * @description `open` (default) or `invite`.
       * @enum {string|null}
       */
      joinPolicy?: 'open' | 'invite' | null;
      /** @description Its first members. */
      memberIds?: number[] | null;
      /** @description Its name, 1 to 64 characters. */
      name: string;
    };
    /** @description A message to edit. */
    EditMessage: {
      /**
       * Format: int64
       * @description The message.
       */
      id: number;
      textMessage: components['schemas']['TextDraft'];
    };
    Empty: Record<string, never>;
    EmptyResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Empty'];
      message: string;
    };
    Failure: {
      /** Format: int32 */
      code: number;
      data: Record<string, never>;
      message: string;
    };
    Farewell: {
      /** @description The word. */
      message: string;
    };
    FarewellResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Farewell'];
      message: string;
    };
    /** @description Which person. */
    Friend: {
      /**
       * Format: int64
       * @description Their id.
       */
      id: number;
    };
    Invitation: {
      /**
       * Format: int64
       * @description The room that it leads to.
       */
      channelId: number;
      /** @description Its secret: whoever has it may come in. */
      code: string;
      /**
       * Format: date-time
       * @description When it was made.
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it ends; null for never.
       */
      expiresAt: string | null;
      inviter: components['schemas']['User'];
      /**
       * Format: int64
       * @description How many people it brings in; 0 for any number.
       */
      maxUses: number;
      /** @description The link to give away; without the server's address where that is not configured. */
      url: string;
      /**
       * Format: int64
       * @description How many it has brought in.
       */
      uses: number;
    };
    InvitationListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Invitation'][];
      message: string;
    };
    InvitationResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Invitation'];
      message: string;
    };
    InvitedRoom: {
      /**
       * @description URL of its picture, which only those see who are signed in; of a generated one where there
       *      is none.
       */
      image: string;
      /**
       * Format: int64
       * @description How many members it has.
       */
      memberCount: number;
      /** @description Its name. */
      name: string;
    };
    Inviter: {
      /** @description URL of the picture; of a generated one where there is none. */
      image: string;
      /** @description Name. */
      userName: string;
    };
    /** @description Which room. */
    JoinRoom: {
      /**
       * Format: int64
       * @description The room; the lobby when it is left out.
       */
      id?: number | null;
    };
    /** @description Who signs in. */
    Login: {
      /** @description The address; without an `@` it is taken for the user name. */
      email: string;
      /**
       * Format: password
       * @description The password.
       */
      password: string;
    };
    MediaDraft: {
      /**
       * Format: double
       * @description Seconds.
       */
      duration?: number | null;
      /** @description A name for it instead of the uploaded one. */
      name?: string | null;
      /** @description The waveform of a voice message: at most 256 numbers from 0 to 100. */
      peaks?: number[] | null;
      /** @description A caption. */
      text?: string | null;
      /** @description Its URL, as the upload answered it. */
      url: string;
    };
    MediaMessage: {
      /**
       * Format: double
       * @description Seconds.
       */
      duration?: number;
      /** @description Its extension, without the dot. */
      extension: string;
      /**
       * Format: int32
       * @description Pixels down.
       */
      height?: number;
      /**
       * @description `image`, `gif`, `audio`, `video` or `file`.
       * @enum {string}
       */
      kind: 'image' | 'gif' | 'audio' | 'video' | 'file';
      /** @description Its media type. */
      mime: string;
      /** @description The name it had on its sender's device. */
      name: string;
      /** @description The waveform of a voice message: at most 256 numbers from 0 to 100. */
      peaks?: number[];
      /**
       * Format: int64
       * @description Bytes.
       */
      size: number;
      /** @description A caption. */
      text?: string;
      /** @description Where to load a preview. */
      thumbnail?: string;
      /** @description Where to load it. */
      url: string;
      /**
       * Format: int32
       * @description Pixels across.
       */
      width?: number;
    };
    MediaMessageOrPresigned: components['schemas']['MediaMessage'] | components['schemas']['Presigned'];
    MediaMessageOrPresignedResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['MediaMessageOrPresigned'];
      message: string;
    };
    /** @description A member of a room. */
    Member: {
      /**
       * Format: date-time
       * @description Since when.
       */
      joinedAt: string;
      /**
       * @description `creator`, `admin` or `member`.
       * @enum {string}
       */
      role: 'creator' | 'admin' | 'member';
      user: components['schemas']['User'];
    };
    MemberListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Member'][];
      message: string;
    };
    Message: {
      /**
       * Format: int64
       * @description The room's id.
       */
      channelId: number;
      /** @description The sender's own id for it. */
      clientMsgId: string | null;
      /**
       * @description Which of the payloads is set.
       * @enum {string}
       */
      contentType: 'TEXT_MESSAGE' | 'MEDIA_MESSAGE' | 'RECALL_MESSAGE' | 'SYSTEM_MESSAGE';
      /**
       * Format: date-time
       * @description When it was stored.
       */
      createdAt: string;
      /**
       * Format: int64
       * @description Id.
       */
      id: number;
      /** @description True once its author changed it. */
      isEdited: boolean;
      /** @description True once it was taken back. */
      isRecalled: boolean;
      mediaMessage: components['schemas']['MediaMessage'] | null;
      /** @description Who reacted with what. */
      reactions: components['schemas']['Reaction'][];
      readMessage: components['schemas']['ReadMessage'] | null;
      recallMessage: components['schemas']['RecallMessage'] | null;
      reply: components['schemas']['Message'] | null;
      /**
       * Format: int64
       * @description The message that it answers.
       */
      replyId: number | null;
      /**
       * Format: int64
       * @description The room's count of changes at which it changed last.
       */
      rev: number;
      /**
       * Format: int64
       * @description The room's id.
       */
      roomId: number;
      /**
       * Format: int64
       * @description Its place in its room: 1, 2, 3 … without gaps.
       */
      seq: number;
      systemMessage: components['schemas']['SystemMessage'] | null;
      textMessage: components['schemas']['TextMessage'] | null;
      /**
       * Format: date-time
       * @description When it changed last.
       */
      updatedAt: string;
      user: components['schemas']['User'] | null;
      /**
       * Format: int64
       * @description Its author; for a notice who caused it.
       */
      userId: number | null;
    };
    MessageListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Message'][];
      message: string;
    };
    MessageResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Message'];
      message: string;
    };
    /** @description One invitation, to be taken back or followed. */
    OneInvitation: {
      /** @description Its code. */
      code: string;
    };
    /** @description A room that anybody may come into, as who is signed in sees it. */
    OpenRoom: {
      /**
       * Format: date-time
       * @description When it was made.
       */
      createdAt: string;
      /**
       * Format: int64
       * @description Id.
       */
      id: number;
      /** @description URL of its picture; of a generated one where there is none. */
      image: string;
      /** @description True when the caller is one of them. */
      joined: boolean;
      /**
       * Format: int64
       * @description How many members it has, all roles together.
       */
      memberCount: number;
      /** @description Its name. */
      name: string;
    };
    OpenRoomListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['OpenRoom'][];
      message: string;
    };
    OwnProfile: {
      /** @description A few words about oneself. */
      bio: string;
      /**
       * Format: date-time
       * @description When the account was made.
       */
      createdAt: string;
      /** @description E-mail address. */
      email: string;
      /** @description GitHub name. */
      github: string;
      /**
       * Format: int64
       * @description Id.
       */
      id: number;
      /** @description URL of the picture; of a generated one where there is none. */
      image: string;
      /** @description True while a connection of theirs is open. */
      online: boolean;
      /**
       * @description `user` or `admin`.
       * @enum {string}
       */
      permission: 'user' | 'admin';
      /** @description QQ number. */
      qq: string;
      /** @description The caller's rooms, newest activity first; at most a hundred. */
      room: components['schemas']['Room'][];
      /**
       * Format: date-time
       * @description When the profile changed last.
       */
      updatedAt: string;
      /** @description Name. */
      userName: string;
      /** @description WeChat name. */
      wechat: string;
    };
    OwnProfileResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['OwnProfile'];
      message: string;
    };
    /** @description A preference of the caller. */
    Preference: {
      /** @description Its name. */
      key: string;
      /**
       * Format: date-time
       * @description When it was chosen.
       */
      updatedAt: string;
      /** @description Its value, any JSON; null once it was removed. */
      value: unknown;
    };
    /** @description A preference to set or to remove. */
    PreferenceDraft: {
      /** @description Its name: 1 to 64 letters, digits and `:._-`. */
      key: string;
      /**
       * Format: date-time
       * @description When the caller chose it; now when it is left out. What was chosen before the stored
       *      value changes nothing.
       */
      updatedAt?: string | null;
      /** @description Its value, any JSON of at most 8192 bytes; null removes it. */
      value: unknown;
    };
    PreferenceListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Preference'][];
      message: string;
    };
    /** @description A wish for a place in object storage. */
    Presign: {
      /** @description The extension of the file. */
      fileExt: string;
      /**
       * @description What the file is for: `message`, the only scene that can be pre-signed.
       * @enum {string}
       */
      uploadScene: 'message';
    };
    Presigned: {
      /** @description The URL to send in a message afterwards. */
      endpointUrl: string;
      /** @description Where to `PUT` the bytes, within minutes. */
      preSignedUrl: string;
    };
    Preview: {
      inviter: components['schemas']['Inviter'];
      /** @description True when it is good for making an account, too. */
      registers: boolean;
      room: components['schemas']['InvitedRoom'];
    };
    PreviewResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Preview'];
      message: string;
    };
    Profile: {
      /** @description A few words about oneself. */
      bio: string;
      /**
       * Format: date-time
       * @description When the account was made.
       */
      createdAt: string;
      /** @description E-mail address. */
      email: string;
      /** @description GitHub name. */
      github: string;
      /**
       * Format: int64
       * @description Id.
       */
      id: number;
      /** @description URL of the picture; of a generated one where there is none. */
      image: string;
      /** @description True while a connection of theirs is open. */
      online: boolean;
      /**
       * @description `user` or `admin`.
       * @enum {string}
       */
      permission: 'user' | 'admin';
      /** @description QQ number. */
      qq: string;
      /**
       * Format: date-time
       * @description When the profile changed last.
       */
      updatedAt: string;
      /** @description Name. */
      userName: string;
      /** @description WeChat name. */
      wechat: string;
    };
    ProfileResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Profile'];
      message: string;
    };
    /** @description A reaction to set or take away. */
    React: {
      /** @description One emoji. */
      emoji: string;
      /**
       * Format: int64
       * @description The message.
       */
      id: number;
      /** @description Sets (default) or takes away. */
      on?: boolean | null;
    };
    /** @description All reactions of one emoji. */
    Reaction: {
      /**
       * Format: int64
       * @description How many people.
       */
      count: number;
      /** @description The emoji. */
      emoji: string;
      /** @description True when the reader is one of them. */
      mine: boolean;
      /** @description Who, the first hundred. */
      userIds: number[];
    };
    /** @description A read mark to move. */
    Read: {
      /**
       * Format: int64
       * @description The room.
       */
      id: number;
      /**
       * Format: int64
       * @description seq up to which the caller has read.
       */
      seq: number;
    };
    ReadDraft: {
      /**
       * Format: int64
       * @description seq up to which the caller has read.
       */
      lastReadSeq: number;
    };
    ReadMark: {
      /**
       * Format: int64
       * @description seq up to which the caller has read.
       */
      readSeq: number;
    };
    ReadMarkResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['ReadMark'];
      message: string;
    };
    ReadMessage: {
      /**
       * Format: int64
       * @description seq up to which.
       */
      lastReadSeq: number;
      /**
       * Format: int64
       * @description Who read.
       */
      operator: number;
    };
    RecallDraft: {
      /**
       * Format: int64
       * @description The message to take back.
       */
      recallMsgId: number;
    };
    RecallMessage: {
      /**
       * Format: int64
       * @description Who took it back.
       */
      operator: number;
      /**
       * Format: int64
       * @description Which message.
       */
      recallMsgId: number;
    };
    Refreshed: {
      /** @description Goes into the `Authorization` header. */
      accessToken: string;
      /**
       * Format: date-time
       * @description When it ends.
       */
      expiresAt: string;
    };
    RefreshedResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Refreshed'];
      message: string;
    };
    /** @description A wish for an account. */
    Register: {
      /**
       * Format: email
       * @description The address to sign in with.
       */
      email: string;
      /**
       * @description The code of an invitation; the account is in its room then. Where registration is by
       *      invitation, it must be one of an admin.
       */
      invitation?: string | null;
      /**
       * Format: password
       * @description 8 to 72 bytes.
       */
      password: string;
      /** @description A name; made from the address when it is left out. */
      userName?: string | null;
    };
    Room: {
      /** @description Its admins. */
      admin: components['schemas']['User'][];
      /**
       * @description `PRIVATE` or `PUBLIC`.
       * @enum {string}
       */
      channelType: 'PRIVATE' | 'PUBLIC';
      /**
       * Format: date-time
       * @description When it was made.
       */
      createdAt: string;
      creator: components['schemas']['User'] | null;
      /**
       * Format: int64
       * @description Id.
       */
      id: number;
      /** @description URL of its picture; of a generated one where there is none. */
      image: string;
      /**
       * @description `open` or `invite`.
       * @enum {string}
       */
      joinPolicy: 'open' | 'invite';
      lastMessage: components['schemas']['Message'] | null;
      /**
       * Format: int64
       * @description Its newest change.
       */
      lastRev: number;
      /**
       * Format: int64
       * @description seq of its newest message.
       */
      lastSeq: number;
      /** @description Its plain members, the first of them in lists. */
      member: components['schemas']['User'][];
      /**
       * Format: int64
       * @description How many members it has, all roles together.
       */
      memberCount: number;
      /** @description Its name; the other person's for a private room. */
      name: string;
      /** @description seq up to which each member has read, by user id. */
      readSeq: {
        [key: string]: number;
      };
      /**
       * Format: int64
       * @description Messages that the caller has not read.
       */
      unreadCount: number;
      /**
       * Format: int64
       * @description Those of them that mention the caller.
       */
      unreadMentions: number;
      /**
       * Format: date-time
       * @description When something happened in it last.
       */
      updatedAt: string;
    };
    RoomOrRoomList: components['schemas']['Room'] | components['schemas']['Room'][];
    RoomOrRoomListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['RoomOrRoomList'];
      message: string;
    };
    RoomResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Room'];
      message: string;
    };
    /** @description A message that a search found: the message, and where the query stands in its text. */
    SearchHit: {
      /**
       * Format: int64
       * @description The room's id.
       */
      channelId: number;
      /** @description The sender's own id for it. */
      clientMsgId: string | null;
      /**
       * @description Which of the payloads is set.
       * @enum {string}
       */
      contentType: 'TEXT_MESSAGE' | 'MEDIA_MESSAGE' | 'RECALL_MESSAGE' | 'SYSTEM_MESSAGE';
      /**
       * Format: date-time
       * @description When it was stored.
       */
      createdAt: string;
      /**
       * Format: int64
       * @description Id.
       */
      id: number;
      /** @description True once its author changed it. */
      isEdited: boolean;
      /** @description True once it was taken back. */
      isRecalled: boolean;
      mediaMessage: components['schemas']['MediaMessage'] | null;
      /** @description Who reacted with what. */
      reactions: components['schemas']['Reaction'][];
      readMessage: components['schemas']['ReadMessage'] | null;
      recallMessage: components['schemas']['RecallMessage'] | null;
      reply: components['schemas']['Message'] | null;
      /**
       * Format: int64
       * @description The message that it answers.
       */
      replyId: number | null;
      /**
       * Format: int64
       * @description The room's count of changes at which it changed last.
       */
      rev: number;
      /**
       * Format: int64
       * @description The room's id.
       */
      roomId: number;
      /**
       * Format: int64
       * @description Its place in its room: 1, 2, 3 … without gaps.
       */
      seq: number;
      /** @description Where the query stands. */
      spans: components['schemas']['Span'][];
      systemMessage: components['schemas']['SystemMessage'] | null;
      textMessage: components['schemas']['TextMessage'] | null;
      /**
       * Format: date-time
       * @description When it changed last.
       */
      updatedAt: string;
      user: components['schemas']['User'] | null;
      /**
       * Format: int64
       * @description Its author; for a notice who caused it.
       */
      userId: number | null;
    };
    SearchHitListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['SearchHit'][];
      message: string;
    };
    /** @description A message to send, or one of the two messages that are commands: a receipt or a recall. */
    SendMessage: {
      /**
       * Format: int64
       * @description The room.
       */
      channelId: number;
      /** @description The sender's own id for it, 1 to 64 characters. */
      clientMsgId?: string | null;
      /**
       * @description Which of the payloads is meant.
       * @enum {string}
       */
      contentType: 'TEXT_MESSAGE' | 'MEDIA_MESSAGE' | 'RECALL_MESSAGE';
      mediaMessage?: components['schemas']['MediaDraft'] | null;
      readMessage?: components['schemas']['ReadDraft'] | null;
      recallMessage?: components['schemas']['RecallDraft'] | null;
      /**
       * Format: int64
       * @description The message that it answers.
       */
      replyId?: number | null;
      textMessage?: components['schemas']['TextDraft'] | null;
    };
    /** @description A signed-in device. */
    Session: {
      /** @description Where it signed in or refreshed from last. */
      address: string;
      /**
       * Format: date-time
       * @description When it signed in.
       */
      createdAt: string;
      /** @description True for the device that asks. */
      current: boolean;
      /**
       * Format: date-time
       * @description When it ends unless it is refreshed before.
       */
      expiresAt: string;
      /**
       * Format: int64
       * @description Id.
       */
      id: number;
      /**
       * Format: date-time
       * @description When it refreshed last.
       */
      lastUsedAt: string;
      /** @description What the device calls itself. */
      userAgent: string;
    };
    SessionListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['Session'][];
      message: string;
    };
    /** @description Preferences to set or to remove. */
    SetPreferences: {
      /** @description At most 100. */
      items: components['schemas']['PreferenceDraft'][];
    };
    SignedIn: {
      /** @description Goes into the `Authorization` header. */
      accessToken: string;
      /**
       * Format: date-time
       * @description When it ends.
       */
      expiresAt: string;
      user: components['schemas']['Profile'];
    };
    SignedInResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['SignedIn'];
      message: string;
    };
    /** @description A piece of a text, counted in characters (Unicode scalar values). */
    Span: {
      /**
       * Format: int64
       * @description The one behind the last.
       */
      end: number;
      /**
       * Format: int64
       * @description The first character.
       */
      start: number;
    };
    SystemMessage: {
      /**
       * Format: int64
       * @description Who did it.
       */
      actor: number | null;
      /**
       * @description What happened: `memberJoined`, `memberAdded`, `memberLeft`, `memberRemoved`, `adminNamed`,
       *      `handedOver` or `roomRenamed`.
       */
      kind: string;
      /**
       * Format: int64
       * @description To whom.
       */
      subject: number | null;
      /** @description The same in words. */
      text: string;
    };
    TextDraft: {
      /** @description Ids of the people it mentions. */
      mention?: number[] | null;
      /** @description 1 to 4000 characters. */
      text: string;
    };
    TextMessage: {
      /** @description Ids of the people it mentions. */
      mention: number[];
      /** @description 1 to 4000 characters. */
      text: string;
    };
    TextResponse: {
      /** Format: int32 */
      code: number;
      data: string;
      message: string;
    };
    /** @description A profile to change; what is left out stays as it is. */
    UpdateProfile: {
      /** @description New words about oneself, at most 500 characters. */
      bio?: string | null;
      /**
       * Format: email
       * @description New address.
       */
      email?: string | null;
      /** @description GitHub name. */
      github?: string | null;
      /** @description URL of a picture that was uploaded with scene `avatar`; empty for the generated one. */
      image?: string | null;
      /**
       * @description `user` or `admin`; for admins only.
       * @enum {string|null}
       */
      permission?: 'user' | 'admin' | null;
      /** @description QQ number. */
      qq?: string | null;
      /** @description New name, 1 to 32 characters. */
      userName?: string | null;
      /** @description WeChat name. */
      wechat?: string | null;
    };
    /** @description A room to change; what is left out stays as it is. */
    UpdateRoom: {
      /** @description People to become admins; only the creator names any. */
      adminIds?: number[] | null;
      /**
       * Format: int64
       * @description The member to become creator in the caller's place.
       */
      creatorId?: number | null;
      /**
       * Format: int64
       * @description The room.
       */
      id: number;
      /** @description URL of its new picture; empty for the generated one. */
      image?: string | null;
      /**
       * @description `open` or `invite`.
       * @enum {string|null}
       */
      joinPolicy?: 'open' | 'invite' | null;
      /** @description People to become members. */
      memberIds?: number[] | null;
      /** @description New name, 1 to 64 characters. */
      name?: string | null;
    };
    User: {
      /** @description A few words about oneself. */
      bio: string;
      /** @description GitHub name. */
      github: string;
      /**
       * Format: int64
       * @description Id.
       */
      id: number;
      /** @description URL of the picture; of a generated one where there is none. */
      image: string;
      /** @description True while a connection of theirs is open. */
      online: boolean;
      /** @description Name. */
      userName: string;
    };
    UserListResponse: {
      /** Format: int32 */
      code: number;
      data: components['schemas']['User'][];
      message: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listFriends: {
    parameters: {
      query?: {
        /** @description The id of the last row of the page before. */
        cursor?: number;
        /** @description Most rows, 1 to 100. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  addFriend: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Friend'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoomResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  removeFriend: {
    parameters: {
      query: {
        /** @description Their id. */
        id: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmptyResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  listInvitations: {
    parameters: {
      query: {
        /** @description The room. */
        channelId: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InvitationListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  createInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateInvitation'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InvitationResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  removeInvitation: {
    parameters: {
      query: {
        /** @description Its code. */
        code: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmptyResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  getInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The invitation's code. */
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreviewResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  acceptInvitation: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OneInvitation'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoomResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  joinRoom: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['JoinRoom'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoomResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Login'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedInResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  logout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FarewellResponse'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePassword'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmptyResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  listPreferences: {
    parameters: {
      query?: {
        /** @description The key of the last row of the page before. */
        cursor?: string;
        /** @description Most rows, 1 to 100. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferenceListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  setPreferences: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetPreferences'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PreferenceListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefreshedResponse'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Register'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  getRooms: {
    parameters: {
      query?: {
        /** @description The id of the last room of the page before. */
        cursor?: number;
        /** @description The room; all of the caller's when it is left out. */
        id?: number;
        /** @description Most rooms, 1 to 100. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoomOrRoomListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  createRoom: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateRoom'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoomResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  removeRoom: {
    parameters: {
      query: {
        /** @description The room. */
        id: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmptyResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  updateRoom: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateRoom'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoomResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  listMembers: {
    parameters: {
      query: {
        /** @description The user id of the last member of the page before. */
        cursor?: number;
        /** @description The room. */
        id: number;
        /** @description Most members, 1 to 100. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MemberListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  removeMember: {
    parameters: {
      query: {
        /** @description The room. */
        id: number;
        /** @description The member; oneself to leave. */
        userId: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmptyResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  sendMessage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendMessage'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  removeMessage: {
    parameters: {
      query: {
        /** @description The message. */
        id: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  editMessage: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EditMessage'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  listMessages: {
    parameters: {
      query: {
        /** @description Messages just after this seq. */
        afterSeq?: number;
        /** @description Messages around this seq. */
        aroundSeq?: number;
        /** @description Messages just before this seq. */
        beforeSeq?: number;
        /** @description The room. */
        id: number;
        /** @description Most rows, 1 to 100. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  listOpenRooms: {
    parameters: {
      query?: {
        /** @description The id of the last row of the page before. */
        cursor?: number;
        /** @description Most rows, 1 to 100. */
        limit?: number;
        /** @description Any part of the name, at most 256 characters, without regard to case. */
        q?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OpenRoomListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  react: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['React'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  unreact: {
    parameters: {
      query: {
        /** @description The emoji. */
        emoji: string;
        /** @description The message. */
        id: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  markRead: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Read'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadMarkResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  searchMessages: {
    parameters: {
      query?: {
        /** @description Only what was written at this time or later, or on this day (UTC) or later. */
        after?: string;
        /** @description Only what was written before this time, or this day (UTC). */
        before?: string;
        /** @description The id of the last message of the page before. */
        cursor?: number;
        /** @description Only what this person wrote. */
        from?: number;
        /** @description Only what holds a `file`, an `image`, a `video`, a `voice` message or a `link`. */
        has?: 'file' | 'image' | 'video' | 'voice' | 'link';
        /** @description Most messages, 1 to 100. */
        limit?: number;
        /** @description Only what mentions the caller. */
        mentionsMe?: boolean;
        /**
         * @description A text, taken as it stands, 1 to 256 characters; may be left out where a room or one of
         *      the filters is given.
         */
        q?: string;
        /** @description Only in this room. */
        roomId?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SearchHitListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionListResponse'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  removeSession: {
    parameters: {
      query: {
        /** @description The session. */
        id: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EmptyResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  upload: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Presign'];
        'multipart/form-data': {
          /** Format: binary */
          file: string;
          /**
           * @default message
           * @enum {string}
           */
          scene?: 'avatar' | 'room' | 'message';
        };
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MediaMessageOrPresignedResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  findUsers: {
    parameters: {
      query?: {
        /** @description The one with exactly this address. */
        email?: string;
        /** @description The one with this id. */
        id?: number;
        /** @description Most rows, 1 to 100. */
        limit?: number;
        /** @description The id of the last row of the page before. */
        start?: number;
        /** @description Those whose name starts so, without regard to case. */
        userName?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserListResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  getUserImage: {
    parameters: {
      query: {
        /** @description The name. */
        username: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TextResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  getProfile: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnProfileResponse'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
  updateProfile: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['UpdateProfile'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileResponse'];
        };
      };
      /** @description bad request: body, query or field not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description not authenticated */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description authenticated, not allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description no such thing, or not visible to the caller */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description conflict with the present state */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description media type not supported */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description too many requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description internal error */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
      /** @description overloaded or shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Failure'];
        };
      };
    };
  };
}

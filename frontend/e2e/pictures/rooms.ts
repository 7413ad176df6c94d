// What is said in the pictures, oldest first. `@{jonas}` mentions somebody.
import type { Landscape } from './drawings';
import type { Both, Who } from './people';

/** A day and a time of it; "now" is Thursday, 11:06. */
export type Moment = `${'Mon' | 'Tue' | 'Wed' | 'Thu'} ${string}`;

export interface Line {
  by: Who;
  at: Moment;
  text?: Both;
  photo?: Landscape;
  file?: { name: Both; size: number };
  /** Seconds of a recording. */
  voice?: number;
  /** How many lines before this one the answered one stands. */
  answers?: number;
  reactions?: Record<string, Who[]>;
}

export interface Talk {
  /** A group's name; with a friend the room has theirs. */
  name?: Both;
  friend?: Who;
  image?: Landscape;
  creator: Who;
  members: Who[];
  isPinned?: boolean;
  isMuted?: boolean;
  draft?: Both;
  /** How many of the last lines nobody but their sender has read. */
  unread?: number;
  /** Who has read all that was said before those. */
  readBy?: Who[];
  lines: Line[];
}

const ALL: Who[] = ['noor', 'mei', 'jonas', 'priya', 'tomas', 'aiko', 'sam', 'lena'];

export const TALKS = {
  offsite: {
    name: ['Autumn offsite', '秋季团建'],
    image: 'lake',
    creator: 'mei',
    members: ALL,
    isPinned: true,
    unread: 3,
    readBy: ['mei', 'jonas', 'priya', 'sam', 'lena'],
    lines: [
      { by: 'sam', at: 'Wed 17:02', photo: 'night' },
      { by: 'aiko', at: 'Wed 17:10', photo: 'desert' },
      { by: 'aiko', at: 'Wed 17:10', photo: 'mist' },
      { by: 'lena', at: 'Wed 17:32', text: ['Who brings the board games?', '桌游谁来带？'] },
      {
        by: 'tomas',
        at: 'Wed 17:40',
        text: ['Me. The heavy box, as always.', '我来，还是那个死沉的箱子。'],
        reactions: { '🎲': ['lena', 'mei', 'noor'] },
      },
      {
        by: 'mei',
        at: 'Thu 10:24',
        photo: 'lake',
        text: ['From the terrace, 6:40 this morning', '今早 6:40，从露台拍的'],
        reactions: {
          '😍': ['noor', 'jonas', 'priya', 'aiko', 'sam', 'lena'],
          '🏔️': ['tomas', 'sam', 'jonas'],
          '☕': ['priya', 'lena'],
        },
      },
      {
        by: 'noor',
        at: 'Thu 10:31',
        text: ['That light! Eight rooms are ours.', '这光线绝了！八间房都订好了。'],
      },
      {
        by: 'noor',
        at: 'Thu 10:31',
        text: ['@{jonas} any luck with the trains?', '@{jonas} 早上的火车查到了吗？'],
      },
      {
        by: 'jonas',
        at: 'Thu 10:52',
        answers: 1,
        text: [
          'There is a direct one at 8:12, two hours door to door. Seats are in **coach 4**, next to the bikes.',
          '有一趟 8:12 的直达车，全程两小时。座位在 **4 号车厢**，紧挨着自行车区。',
        ],
      },
      { by: 'jonas', at: 'Thu 10:52', file: { name: ['train-options.pdf', '车次方案.pdf'], size: 184_000 } },
      { by: 'priya', at: 'Thu 11:04', voice: 24 },
    ],
  },
  lena: {
    friend: 'lena',
    creator: 'noor',
    members: [],
    isPinned: true,
    draft: ['Thursday works, shall I bring the', '周四可以，要不要我带上'],
    lines: [
      {
        by: 'lena',
        at: 'Thu 10:58',
        text: ['Dinner on Thursday, the small place?', '周四一起吃饭？还去那家小店'],
      },
    ],
  },
  release: {
    name: ['Release 2.4', '2.4 版本发布'],
    creator: 'sam',
    members: ['noor', 'jonas', 'priya', 'tomas'],
    unread: 3,
    readBy: ['sam', 'jonas', 'priya', 'tomas'],
    lines: [
      {
        by: 'noor',
        at: 'Thu 10:02',
        text: [
          'Changelog is ready. Who has the last word on the flag?',
          '更新日志写好了。那个开关最后谁拍板？',
        ],
      },
      {
        by: 'priya',
        at: 'Thu 10:09',
        text: [
          'Off by default, one line to turn it on:\n```toml\n[features]\nquiet_hours = { enabled = true, from = "22:00" }\n```',
          '默认关闭，一行就能打开：\n```toml\n[features]\nquiet_hours = { enabled = true, from = "22:00" }\n```',
        ],
        reactions: { '👍': ['noor', 'sam', 'jonas'], '🌙': ['tomas'] },
      },
      {
        by: 'noor',
        at: 'Thu 10:14',
        answers: 1,
        text: ['Perfect, that is what the page says too.', '好，文档里也是这么写的。'],
      },
      {
        by: 'tomas',
        at: 'Thu 10:40',
        text: [
          'Ran it overnight on the slow machine. No drops, memory is flat, and the log is boring:\n- 48 hours, 2 restarts\n- `p99` under 9 ms',
          '在慢机器上跑了一整夜，没有掉线，内存平稳，日志无聊得很：\n- 48 小时，重启 2 次\n- `p99` 低于 9 毫秒',
        ],
        reactions: { '🎉': ['sam', 'priya'] },
      },
      { by: 'sam', at: 'Thu 10:45', text: ['Boring is what we want.', '无聊就对了。'] },
      {
        by: 'sam',
        at: 'Thu 10:47',
        text: ['@{noor} the last two checks are green. Shall we?', '@{noor} 最后两项检查都过了，发吗？'],
      },
    ],
  },
  tomas: {
    friend: 'tomas',
    creator: 'noor',
    members: [],
    unread: 1,
    lines: [
      { by: 'noor', at: 'Wed 19:20', text: ['How was the concert?', '音乐会怎么样？'] },
      { by: 'tomas', at: 'Thu 10:12', voice: 41 },
    ],
  },
  photos: {
    name: ['Photo club', '摄影社'],
    image: 'desert',
    creator: 'aiko',
    members: ALL,
    isMuted: true,
    unread: 12,
    lines: [
      ...(['mist', 'desert', 'coast', 'night'] as const).flatMap((photo): Line[] => [
        { by: 'aiko', at: 'Thu 9:12', photo },
        { by: 'sam', at: 'Thu 9:20', text: ['The second light is the better one', '第二道光更好'] },
        { by: 'aiko', at: 'Thu 9:30', photo },
      ]),
    ],
  },
  aiko: {
    friend: 'aiko',
    creator: 'noor',
    members: [],
    readBy: ['aiko'],
    lines: [
      { by: 'aiko', at: 'Thu 8:58', text: ['Noon at the gallery?', '中午画廊见？'] },
      { by: 'noor', at: 'Thu 9:04', text: ['Perfect, see you there at noon', '好的，中午见'] },
    ],
  },
  kitchen: {
    name: ['Kitchen table', '茶水间'],
    creator: 'jonas',
    members: ALL,
    lines: [
      { by: 'jonas', at: 'Wed 16:11', text: ['Who took the good mug again?', '谁又把我的杯子拿走了？'] },
    ],
  },
  sam: {
    friend: 'sam',
    creator: 'noor',
    members: [],
    lines: [
      { by: 'sam', at: 'Wed 14:02', text: ['Do you have the floor plan?', '楼层平面图有吗？'] },
      {
        by: 'noor',
        at: 'Wed 14:20',
        file: { name: ['floor-plan-v3.pdf', '楼层平面图-v3.pdf'], size: 412_000 },
      },
    ],
  },
  runners: {
    name: ['Morning runners', '晨跑小组'],
    creator: 'priya',
    members: ['noor', 'mei', 'lena', 'sam'],
    isMuted: true,
    lines: [
      {
        by: 'priya',
        at: 'Tue 7:05',
        text: ['6 km along the river, easy pace', '沿河六公里，轻松配速'],
      },
    ],
  },
  reading: {
    name: ['Reading circle', '读书会'],
    image: 'night',
    creator: 'lena',
    members: ['noor', 'aiko', 'mei'],
    lines: [
      {
        by: 'lena',
        at: 'Mon 20:30',
        text: ['Chapter nine changes everything', '第九章简直是神转折'],
      },
    ],
  },
  office: {
    name: ['Office & keys', '行政与门禁'],
    creator: 'mei',
    members: ALL,
    lines: [{ by: 'mei', at: 'Mon 9:15', text: ['New badges are at the front desk', '新门禁卡在前台领取'] }],
  },
} satisfies Record<string, Talk>;

export type TalkName = keyof typeof TALKS;

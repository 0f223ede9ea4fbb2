# What a note at one desk becomes at another, told so that a banker can check it. Every sentence is carried out by the
# step of the same English words in tests/walk/together.py, with real windows, encrypted files, a real hub and PostgreSQL.
Feature: What I note after a visit reaches my lead, once, though the hub was down | 拜访记录送达主管，且只送达一次，即使中间中断

Scenario: Joining | 加入团队
* The bank's file is loaded at the hub and given out to the managers' books | 行内数据在团队服务端导入，分发到各客户经理名下
* Two managers and their lead follow the hub; each manager sees the own clients, the lead sees both books | 两位客户经理和团队负责人接入；客户经理只见自己的客户，负责人可见两人名下的客户
* What the bank told can't be changed at a desk | 行内数据在本机不可改动

Scenario: The hub is down | 服务中断
* I log a visit with a promise while the hub is down; it is kept, and the status line says what waits | 服务中断时照常记录拜访和承诺，状态栏显示待上传条数
* Half a day of trying loses nothing and sends nothing twice | 反复重连，不丢失、不重复

Scenario: The hub is back | 服务恢复
* The answer to my batch is lost on the way, and the same batch goes again | 回执丢失，同一批次再次发送
* My lead has the visit, once, and sees it in the review queue | 负责人收到这次拜访，且只有一条，并出现在审阅列表
* My lead gives it back with a comment; it stands in my Today | 负责人退回并附意见，记录回到我的“今日”
* I write more; my lead sees that it was changed and passes it | 我补充后，负责人看到有改动，予以通过
* What was passed is sealed: an edit is refused and an addendum goes through | 通过后即封存：不能再改，只能补充说明

Scenario: Two at once | 同时修改
* I write the same field at two desks offline: both versions are kept, and I say which one holds | 两台电脑离线改了同一处：两个版本都保留，由我选定
* A client moves to my colleague: my desk keeps nothing of it, what I wrote too late reaches my colleague | 客户移交给同事：本机不留痕迹，迟到的记录转给同事处理

# What can befall the laptop, told so that a banker can check it. Every sentence is carried out by the step of the same
# English words in tests/walk/drill.py, with encrypted files, a keyring, a real hub and PostgreSQL.
Feature: My laptop can be emptied, full, broken or stolen, and I go on with all I wrote | 电脑被重装、写满、损坏或被盗，我写过的都还在，照常工作

Scenario: The keyring is wiped | 系统密钥环被清空
* I set up my desk with a PIN and a recovery code, and it follows the hub | 设好口令和恢复码，工作台接入团队服务端
* I note something that the hub has not heard yet | 记下一条尚未上传的事项
* The computer is set up anew and its keyring is empty: the desk says so, and nothing weaker opens it | 电脑重装，密钥环已空：程序如实说明，不会降级打开
* The recovery code opens the desk, I choose a new PIN, and the hub hears what I had noted | 用恢复码打开，设新口令，先前的记录随后上传

Scenario: The disk is full | 磁盘写满
* On a full disk a note is refused in words, and nothing written before is lost | 磁盘已满时，新记录被明确拒绝，已有内容完好
* With room again the same note is taken, and the hub hears it | 腾出空间后，同一条记录写入成功并上传

Scenario: The file is damaged | 数据文件损坏
* A backup is made and checked; what I note afterwards the hub hears | 做好并核对备份；之后的记录已上传
* Bits flip in the file: it is noticed, and nothing is overwritten | 文件出现坏块：程序发现损坏，不覆盖任何内容
* What can be read is saved, the newest backup fills in, and the damaged file is kept | 能读出的都保全，缺的用最近备份补上，原文件另存
* The hub fills in the rest: all I noted is there once, and the desk is sound | 其余由服务端补齐：每条记录都在且只有一份，检查通过

Scenario: The laptop is lost | 电脑被盗
* Whoever has it guesses ten PINs: from then on no PIN opens it, not even mine | 对方试错十次口令：此后任何口令都打不开
* A copy of its disk opens nowhere else | 把硬盘内容复制到别处也打不开
* Were it open, it would close with the lease after seven days without the hub | 即便开着，七天不联网也会因租期届满而锁上
* My lead orders it wiped; at its next contact the keys go first, then all else, and the hub has the receipt | 负责人下达清除；一联网便先删密钥、再删数据，并向服务端回执
* On a new laptop I join the hub, and all I noted is there | 换新电脑重新接入，写过的全部都在

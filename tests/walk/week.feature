# A manager's week, told so that a banker can check it. Every sentence is carried out by a step of the same English
# words in tests/walk/ (monday.py ... friday.py), against the real program on the demo portfolio.
Feature: A manager's week | 客户经理的一周

Scenario: Monday | 星期一
* I open Today; No 1 stands there for reasons whose points add up to the score | 打开“今日”，第一位写明理由，各项得分之和等于总分
* I read the brief before I go: last contact, promises, what to ask | 出门前先看拜访简报：上次联系、未兑现的承诺、要问的问题
* I log the visit in at most six key sequences; a promise and a next step go with it | 不超过六次按键记完拜访，同时记下一项承诺和下一步
* The promise is in the ledger, the next step is a task, and the file tells the visit | 承诺进入台账，下一步成为待办，客户档案的时间轴上有这次拜访
* The client's score has dropped, and Today has somebody else in first place | 客户的得分下降，“今日”的第一位换了人

Scenario: Tuesday | 星期二
* I note a lunar birthday; rmdesk says on which day it falls this year and when to prepare | 录入农历生日，系统给出今年对应的公历日期和备礼时间
* A gift exactly at the limit may be bought without asking anybody | 恰好等于限额的礼品可直接购买
* One cent more is refused until the team lead has approved | 超出一分钱，未经团队负责人审批不得购买
* I can't approve my own request; the team lead does | 自己不能审批自己的申请，由团队负责人批准
* I buy the gift, give it on the day, and note the reaction | 购买礼品，当天送出，记录客户的反应
* The same gift again within 24 months is refused | 24个月内重复赠送同样的礼品会被拦下

Scenario: Wednesday | 星期三
* A client complains; I am the first to be asked and stay responsible, and the clock runs in working days | 客户投诉，首问负责，时限按工作日计算
* Each step is on record, and it can't be closed without a solution | 每一步处理都留痕，没有解决方案不能办结
* I close it with the client's verdict, and it no longer presses on the care list | 按客户意见办结，不再计入关怀清单的服务欠账
* A client's suggestion helped us; a gift of thanks is tied to it | 客户的建议被采纳，以答谢礼品致谢并与该建议关联

Scenario: Thursday | 星期四
* The calendar shows the birthday with its lunar day, and which days are holidays | 日历显示生日的农历日期，以及法定节假日和调休
* A template as it stands is refused; with a sentence of my own the greeting goes out | 模板原样发送会被拦下，加上自己的一句话才可发出
* Nobody is greeted twice for one day | 同一个日子不会重复问候
* I add a relationship; it reads right from both sides, and shows who can introduce me | 新增一条关系，双方都能看到正确的称谓，并可查到引荐路径
* A client wants no contact; the name is gone from every list at once | 客户要求勿联系，立即从所有清单中消失
* Even a plan or a gift for that client is refused | 对该客户的计划和礼品一律拒绝

Scenario: Friday | 星期五
* I keep Monday's promise, with what came of it | 兑现周一的承诺，写明结果
* I write the journal of Monday's visit, and rmdesk asks for insight and reflection at the week's close | 撰写周一拜访的维护日志，周结时系统要求补上心得与反思
* A playbook card is made of it, without name, phone, number or amount | 提炼为打法卡，不含姓名、电话、号码和金额
* The roll-up of the week is one document | 一周日志汇总成一份文档
* Coverage per tier shows Monday's visit | 各层客户覆盖率已计入周一的拜访
* Texts are found by two characters | 输入两个字即可找到记录
* I take the last step back with one key | 一键撤销最后一步

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutStep</name>
    <message>
        <source>Before you begin</source>
        <translation>开始之前</translation>
    </message>
    <message>
        <source>PsyLite is a program on this computer. It is not a person, and it does not replace a counselor or a doctor.</source>
        <translation>PsyLite 是这台电脑上的一个程序。它不是真人，也不能代替咨询师和医生。</translation>
    </message>
    <message>
        <source>It can be wrong and it can misread you. Tell it when it does.</source>
        <translation>它会说错，也会误解你。遇到了，就直接告诉它。</translation>
    </message>
    <message>
        <source>It works without the internet: nobody reads along, and it cannot tell or call anybody for you.</source>
        <translation>它不联网：没有人在旁边看，它也没法替你通知谁、给谁打电话。</translation>
    </message>
    <message>
        <source>When it is urgent, a person is better. Help now, or the key F1, shows who to call, at any time.</source>
        <translation>情况紧急的时候，找真人更好。点“马上求助”，或者按 F1，随时能看到可以打的电话。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Skip the questions</source>
        <translation>跳过这些问题</translation>
    </message>
</context>
<context>
    <name>AsideView</name>
    <message>
        <source>A short two-hander</source>
        <translation>一段小相声</translation>
    </message>
    <message>
        <source>A short read</source>
        <translation>一篇小文章</translation>
    </message>
    <message>
        <source>Something light, if you like</source>
        <translation>有点轻松的，想看就看</translation>
    </message>
    <message>
        <source>{kind}: {title}</source>
        <translation>{kind}：{title}</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>先不用</translation>
    </message>
    <message>
        <source>Fold away</source>
        <translation>收起来</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>不错</translation>
    </message>
    <message>
        <source>Not for me</source>
        <translation>不合我意</translation>
    </message>
    <message>
        <source>Not funny</source>
        <translation>不好笑</translation>
    </message>
    <message>
        <source>Nothing of this kind will come for thirty days.</source>
        <translation>三十天内不会再出现这一类内容。</translation>
    </message>
    <message>
        <source>Sorry. Nothing of this kind will come for thirty days.</source>
        <translation>对不起。三十天内不会再出现这一类内容。</translation>
    </message>
    <message>
        <source>Here because you asked for something light: “{words}”.</source>
        <translation>放在这里，是因为你说想来点轻松的：“{words}”。</translation>
    </message>
    <message>
        <source>Here because you were joking: “{words}”.</source>
        <translation>放在这里，是因为你在说笑：“{words}”。</translation>
    </message>
    <message>
        <source>Here because you sounded relieved: “{words}”.</source>
        <translation>放在这里，是因为你听起来松了口气：“{words}”。</translation>
    </message>
    <message>
        <source>Here because your message sounded light. That may be a mistake.</source>
        <translation>你这句话听着挺轻松，所以放了这个。也可能是听错了。</translation>
    </message>
    <message>
        <source>Here because you spoke of “{words}”.</source>
        <translation>放在这里，是因为你谈到了“{words}”。</translation>
    </message>
    <message>
        <source>Evidence {badge}: practice wisdom, no trial.</source>
        <translation>依据 {badge}：经验之谈，没有试验。</translation>
    </message>
    <message>
        <source>Evidence {badge}: {source}</source>
        <translation>依据 {badge}：{source}</translation>
    </message>
    <message>
        <source>Read it</source>
        <translation>看一看</translation>
    </message>
</context>
<context>
    <name>BackButton</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>BackupCard</name>
    <message>
        <source>It opens with the passphrase it was made with.</source>
        <translation>要用当时的口令才能打开。</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>看看里面</translation>
    </message>
    <message>
        <source>Look inside the backup of {day}</source>
        <translation>看看 {day} 的备份里有什么</translation>
    </message>
    <message>
        <source>Bring this one back</source>
        <translation>恢复这一份</translation>
    </message>
    <message>
        <source>Bring back the backup of {day}</source>
        <translation>恢复 {day} 的备份</translation>
    </message>
</context>
<context>
    <name>BackupPage</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>You are here as a guest: nothing is kept, so there is nothing to back up.</source>
        <translation>你现在是访客：什么都不会保存，所以也不需要备份。</translation>
    </message>
    <message>
        <source>Once a day a copy is made, read back and checked: the last seven days and four weeks before them are kept. Copies are as encrypted as the space itself and stay on this computer. A copy on a stick helps when this computer is gone.</source>
        <translation>每天会自动做一份副本，读回来核对，保留最近七天和之前四周的。副本和空间本身一样加密，只留在这台电脑上。万一这台电脑没了，存在 U 盘里的那份还在。</translation>
    </message>
    <message>
        <source>Make one now</source>
        <translation>现在做一份</translation>
    </message>
    <message>
        <source>Save to a file</source>
        <translation>存成文件</translation>
    </message>
    <message>
        <source>Bring back a .psyvault file</source>
        <translation>恢复 .psyvault 文件</translation>
    </message>
    <message>
        <source>What is there</source>
        <translation>已有的备份</translation>
    </message>
    <message>
        <source>There is no backup yet. The first one is made by itself soon.</source>
        <translation>还没有备份。第一份很快会自动做好。</translation>
    </message>
    <message>
        <source>Copying and checking…</source>
        <translation>正在复制并核对…</translation>
    </message>
    <message>
        <source>A backup was made and checked.</source>
        <translation>备份做好了，也核对过了。</translation>
    </message>
    <message>
        <source>Writing the file and reading it back…</source>
        <translation>正在写文件并读回核对…</translation>
    </message>
    <message>
        <source>The file is written and checked. Keep it apart from this computer.</source>
        <translation>文件写好了，也核对过了。最好和这台电脑分开保管。</translation>
    </message>
    <message>
        <source>Choose a .psyvault file</source>
        <translation>选择 .psyvault 文件</translation>
    </message>
    <message>
        <source>Encrypted spaces (*.psyvault)</source>
        <translation>加密空间 (*.psyvault)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>A part of this space, or of this backup, cannot be read. What was there before is untouched.</source>
        <translation>这个空间或这份备份有一部分读不出来。原有的内容没有动过。</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>可以怎么办</translation>
    </message>
</context>
<context>
    <name>Backups</name>
    <message>
        <source>made by itself</source>
        <translation>自动备份</translation>
    </message>
    <message>
        <source>made by you</source>
        <translation>你自己做的</translation>
    </message>
    <message>
        <source>made before a change</source>
        <translation>改动前做的</translation>
    </message>
    <message>
        <source>damaged files, kept as they were</source>
        <translation>损坏的文件，原样保留</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Journal pages</source>
        <translation>日记</translation>
    </message>
    <message>
        <source>Earlier versions of pages</source>
        <translation>日记的旧版本</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>心情记录</translation>
    </message>
    <message>
        <source>Exercises</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>量表</translation>
    </message>
    <message>
        <source>Steps of my plan</source>
        <translation>计划里的步骤</translation>
    </message>
    <message>
        <source>Notes I keep</source>
        <translation>我记住的事</translation>
    </message>
    <message>
        <source>Summaries of talks</source>
        <translation>谈话小结</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Unsent words</source>
        <translation>没发出去的话</translation>
    </message>
    <message>
        <source>Other things</source>
        <translation>其他内容</translation>
    </message>
    <message>
        <source>{what}: {count}</source>
        <translation>{what}：{count}</translation>
    </message>
    <message>
        <source>The newest thing in it is of {day}.</source>
        <translation>里面最新的内容是 {day} 的。</translation>
    </message>
    <message>
        <source>Nothing was written in it yet.</source>
        <translation>里面还没有写过什么。</translation>
    </message>
    <message>
        <source>A newer PsyLite wrote it: here it can be read, but not changed.</source>
        <translation>它是更新版本的 PsyLite 写的：在这里能读，不能改。</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
</context>
<context>
    <name>BesideReply</name>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>BinKeeper</name>
    <message>
        <source>Deleted.</source>
        <translation>已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>BinView</name>
    <message>
        <source>Bring it back</source>
        <translation>拿回来</translation>
    </message>
    <message>
        <source>Erase it now</source>
        <translation>现在就擦掉</translation>
    </message>
    <message>
        <source>Erase all now</source>
        <translation>现在全擦掉</translation>
    </message>
    <message>
        <source>Erased is erased: nothing brings it back.</source>
        <translation>擦掉就是擦掉，再也拿不回来。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦掉</translation>
    </message>
</context>
<context>
    <name>BreathingView</name>
    <message>
        <source>That&apos;s all of them.</source>
        <translation>都做完了。</translation>
    </message>
    <message>
        <source>Whenever you like</source>
        <translation>想开始的时候再开始</translation>
    </message>
    <message>
        <source>Breath {number} of {total}</source>
        <translation>第 {number} 口，共 {total} 口</translation>
    </message>
</context>
<context>
    <name>BringInPage</name>
    <message>
        <source>Reading the file</source>
        <translation>正在读文件</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>From an export of PsyLite (JSON) or the table that Daylio exports (CSV). The file stays where it is and is only read; you see what would come before anything is kept.</source>
        <translation>可以导入 PsyLite 导出的文件（JSON），也可以导入 Daylio 导出的表格（CSV）。文件留在原处，只读一遍；在保存之前，你会先看到要进来的是什么。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>What stays outside, or changes</source>
        <translation>不会进来的，或有改动的</translation>
    </message>
    <message>
        <source>Bring it in</source>
        <translation>导入这些</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>先不导入</translation>
    </message>
    <message>
        <source>Take the last import back</source>
        <translation>撤回上一次导入</translation>
    </message>
    <message>
        <source>All of it goes, also what you have changed since.</source>
        <translation>那次进来的会全部删掉，包括你后来改过的。</translation>
    </message>
    <message>
        <source>Choose a file to bring in</source>
        <translation>选择要导入的文件</translation>
    </message>
    <message>
        <source>Exports (*.json *.csv)</source>
        <translation>导出的文件 (*.json *.csv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>· {name}: {count}</source>
        <translation>· {name}：{count}</translation>
    </message>
    <message>
        <source>This would come in:</source>
        <translation>会进来的有：</translation>
    </message>
    <message>
        <source>There is nothing new in it.</source>
        <translation>里面没有新的内容。</translation>
    </message>
    <message>
        <source>Bringing it in</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>{count} brought in.</source>
        <translation>已导入 {count} 项。</translation>
    </message>
    <message>
        <source>There are heavy words among them. People you can talk to are here:</source>
        <translation>里面有些话很沉重。这里有可以说说话的人：</translation>
    </message>
    <message>
        <source>Help now</source>
        <translation>马上求助</translation>
    </message>
    <message>
        <source>Stopped. Nothing of the file was kept.</source>
        <translation>已停止。这个文件里的内容都没有保存。</translation>
    </message>
    <message>
        <source>Taken back: {count}.</source>
        <translation>已撤回 {count} 项。</translation>
    </message>
</context>
<context>
    <name>BringView</name>
    <message>
        <source>Bring a model file…</source>
        <translation>带一个模型文件来……</translation>
    </message>
    <message>
        <source>Copy it into PsyLite&apos;s folder</source>
        <translation>复制到 PsyLite 的文件夹</translation>
    </message>
    <message>
        <source>The stick can go afterwards. Every byte is checked; a stop costs little.</source>
        <translation>之后 U 盘可以拔走。每个字节都会核对；中途停下也不要紧。</translation>
    </message>
    <message>
        <source>Use it where it is</source>
        <translation>直接用原处的文件</translation>
    </message>
    <message>
        <source>Takes no room. It must stay where it is, and a stick must stay plugged in.</source>
        <translation>不占地方。文件要一直放在那里，U 盘要一直插着。</translation>
    </message>
    <message>
        <source>Take this model</source>
        <translation>收下这个模型</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>先不导入</translation>
    </message>
    <message>
        <source>{share} % of it are here already from an earlier attempt.</source>
        <translation>上一次已经复制了 {share} %。</translation>
    </message>
    <message>
        <source>Its SHA-256 is known and will be compared.</source>
        <translation>知道它的 SHA-256 应当是多少，会核对。</translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation>选择模型文件</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>模型 (*.gguf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>BrowseView</name>
    <message>
        <source>Earlier</source>
        <translation>以前</translation>
    </message>
    <message>
        <source>What I remember</source>
        <translation>我记得的</translation>
    </message>
    <message>
        <source>How replies did</source>
        <translation>回复得怎么样</translation>
    </message>
    <message>
        <source>Deleted conversations</source>
        <translation>删掉的谈话</translation>
    </message>
    <message>
        <source>Search in all you wrote</source>
        <translation>在你写过的所有内容里找</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>谈话列表</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>BubbleDelegate</name>
    <message>
        <source>Show all ({count} characters)</source>
        <translation>显示全文（共 {count} 字）</translation>
    </message>
</context>
<context>
    <name>CalendarPage</name>
    <message>
        <source>Reminders in my own calendar</source>
        <translation>放进自己日历的提醒</translation>
    </message>
    <message>
        <source>This saves a small file that calendars on a phone or a computer can open. It says when, and the words below, nothing else. Once it is in a calendar, everybody who sees that calendar sees these words.</source>
        <translation>会存成一个小文件，手机和电脑上的日历都能打开。里面只有时间和下面这几个字。放进日历以后，能看到那个日历的人都会看到这几个字。</translation>
    </message>
    <message>
        <source>Words in the calendar</source>
        <translation>日历上显示的字</translation>
    </message>
    <message>
        <source>Something that says nothing to others.</source>
        <translation>写一句别人看了也看不出什么的话。</translation>
    </message>
    <message>
        <source>A small reminder</source>
        <translation>一个小提醒</translation>
    </message>
    <message>
        <source>Every day at</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Save the calendar file…</source>
        <translation>保存日历文件…</translation>
    </message>
    <message>
        <source>Save the calendar file</source>
        <translation>保存日历文件</translation>
    </message>
    <message>
        <source>Saved as {path}. Open it with your calendar.</source>
        <translation>已保存到 {path}。用你的日历打开它就行。</translation>
    </message>
</context>
<context>
    <name>CandidateCard</name>
    <message>
        <source>Keep</source>
        <translation>记下</translation>
    </message>
    <message>
        <source>Edit first</source>
        <translation>先改一改</translation>
    </message>
    <message>
        <source>No</source>
        <translation>不用记</translation>
    </message>
</context>
<context>
    <name>CandidateSection</name>
    <message>
        <source>From your last talks</source>
        <translation>来自最近几次聊天</translation>
    </message>
    <message>
        <source>Shall I remember this? Without your yes nothing is kept.</source>
        <translation>要我记住这些吗？你不点头，什么都不会存。</translation>
    </message>
</context>
<context>
    <name>CardView</name>
    <message>
        <source>To carry with me</source>
        <translation>带在身上</translation>
    </message>
    <message>
        <source>On one sheet of paper, cut and folded to the size of a bank card. Paper and PDF files are not encrypted: whoever finds them can read them.</source>
        <translation>印在一张纸上，剪下来折成银行卡大小。纸和 PDF 文件都没有加密，谁拿到都能看。</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>存成 PDF…</translation>
    </message>
    <message>
        <source>Print at 100 %. Cut along the outer lines, then fold at the dashed lines, once to the front and once to the back in turn.</source>
        <translation>按 100 % 打印。沿外边线剪下，再沿虚线一正一反地折起来。</translation>
    </message>
    <message>
        <source>Save the card</source>
        <translation>保存卡片</translation>
    </message>
    <message>
        <source>Saved as {path}. It is not encrypted.</source>
        <translation>已保存到 {path}。这个文件没有加密。</translation>
    </message>
    <message>
        <source>Some steps are longer than the card, so their end is left out there.</source>
        <translation>有的步骤写得比卡片长，卡片上没有印出结尾。</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Pictures are saved as PNG or SVG. Choose one of these.</source>
        <translation>图片可以存成 PNG 或 SVG，请从中选一种。</translation>
    </message>
    <message>
        <source>Getting ready to draw</source>
        <translation>正在准备画图</translation>
    </message>
    <message>
        <source>{chart}, as a table</source>
        <translation>{chart}（表格）</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>看表格</translation>
    </message>
    <message>
        <source>Save as a picture…</source>
        <translation>存成图片…</translation>
    </message>
    <message>
        <source>Save as a picture</source>
        <translation>存成图片</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Drawing for print (*.svg)</source>
        <translation>适合打印的图 (*.svg)</translation>
    </message>
    <message>
        <source>Saved. The picture lies outside of your space: whoever opens it can see it.</source>
        <translation>已保存。图片不在你的加密空间里，谁打开都能看到。</translation>
    </message>
</context>
<context>
    <name>ChartSection</name>
    <message>
        <source>open</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>已收起</translation>
    </message>
</context>
<context>
    <name>ChartSections</name>
    <message>
        <source>A year in pixels</source>
        <translation>一年的格子</translation>
    </message>
    <message>
        <source>Mood over time</source>
        <translation>心情的变化</translation>
    </message>
    <message>
        <source>Days of the week</source>
        <translation>一周里的每一天</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>一天里的时段</translation>
    </message>
    <message>
        <source>Feeling words</source>
        <translation>感受词</translation>
    </message>
    <message>
        <source>What went together</source>
        <translation>常一起出现的事</translation>
    </message>
    <message>
        <source>Before and after exercises</source>
        <translation>练习前后</translation>
    </message>
    <message>
        <source>Scales over time</source>
        <translation>量表的变化</translation>
    </message>
</context>
<context>
    <name>ChartWords</name>
    <message>
        <source>ddd d MMM yyyy</source>
        <translation>yyyy 年 M 月 d 日 ddd</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy 年 M 月</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M 月 d 日</translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>One more day with a check-in, and this can be drawn.</source>
        <translation>再有一天的记录，这里就能画出来。</translation>
    </message>
    <message>
        <source>{count} more days with a check-in, and this can be drawn.</source>
        <translation>再有 {count} 天的记录，这里就能画出来。</translation>
    </message>
    <message>
        <source>added later</source>
        <translation>后来补记</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>心情</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>心情记录</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>CheckInForm</name>
    <message>
        <source>How are you?</source>
        <translation>现在感觉怎么样？</translation>
    </message>
    <message>
        <source>A line, if you like</source>
        <translation>想写的话，写一句</translation>
    </message>
    <message>
        <source>Enter saves. Everything below is up to you.</source>
        <translation>按回车就存好了。下面的填不填都行。</translation>
    </message>
    <message>
        <source>Keys 1 to 5 choose, Enter saves.</source>
        <translation>按 1 到 5 选一个，回车保存。</translation>
    </message>
</context>
<context>
    <name>CheckInPage</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation>已删除。</translation>
    </message>
    <message>
        <source>Saved for {day}, marked as added later.</source>
        <translation>记在{day}了，标为后来补记。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>记下了。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>CheckInRow</name>
    <message>
        <source>added later</source>
        <translation>后来补记</translation>
    </message>
    <message>
        <source>Change: {check_in}</source>
        <translation>修改：{check_in}</translation>
    </message>
    <message>
        <source>Delete: {check_in}</source>
        <translation>删除：{check_in}</translation>
    </message>
</context>
<context>
    <name>ChoiceView</name>
    <message>
        <source>What shall be in the file?</source>
        <translation>文件里要放什么？</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name}（{count}）</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>全部勾选</translation>
    </message>
    <message>
        <source>Which days?</source>
        <translation>哪些日子的？</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>The last 90 days</source>
        <translation>最近 90 天</translation>
    </message>
    <message>
        <source>The last 365 days</source>
        <translation>最近 365 天</translation>
    </message>
    <message>
        <source>Other days</source>
        <translation>别的日子</translation>
    </message>
    <message>
        <source>Days of the export</source>
        <translation>导出哪些日子</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>第一天</translation>
    </message>
    <message>
        <source>from, like 2026-09-01</source>
        <translation>从哪天起，例如 2026-09-01</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>to, like 2026-11-21</source>
        <translation>到哪天止，例如 2026-11-21</translation>
    </message>
    <message>
        <source>As what kind of file?</source>
        <translation>存成哪种文件？</translation>
    </message>
    <message>
        <source>To read or print (PDF)</source>
        <translation>用来看或打印（PDF）</translation>
    </message>
    <message>
        <source>As plain text (Markdown)</source>
        <translation>纯文本（Markdown）</translation>
    </message>
    <message>
        <source>As tables for a spreadsheet (CSV in a ZIP file)</source>
        <translation>电子表格（ZIP 里的 CSV）</translation>
    </message>
    <message>
        <source>For PsyLite on another computer (JSON)</source>
        <translation>给另一台电脑上的 PsyLite（JSON）</translation>
    </message>
    <message>
        <source>Also what tells of danger</source>
        <translation>也包括和危险有关的内容</translation>
    </message>
    <message>
        <source>The level of risk that was heard in your words, and single answers of scales that ask about suicide. Think of who might see the file.</source>
        <translation>从你的话里听出的风险等级，还有问到自杀的量表里每一题的回答。想一想，这个文件可能被谁看到。</translation>
    </message>
    <message>
        <source>Write days as year-month-day, the earlier one first.</source>
        <translation>日期请写成“年-月-日”，早的在前。</translation>
    </message>
</context>
<context>
    <name>ChoicesStep</name>
    <message>
        <source>A few small choices</source>
        <translation>几个小选择</translation>
    </message>
    <message>
        <source>How old are you?</source>
        <translation>你多大？</translation>
    </message>
    <message>
        <source>Under 18</source>
        <translation>未满 18 岁</translation>
    </message>
    <message>
        <source>18 or older</source>
        <translation>18 岁或以上</translation>
    </message>
    <message>
        <source>I would rather not say</source>
        <translation>不想说</translation>
    </message>
    <message>
        <source>Where are you?</source>
        <translation>你在哪里？</translation>
    </message>
    <message>
        <source>Only to show help lines that can be called from there. Nothing looks it up.</source>
        <translation>只用来显示当地打得通的求助电话。程序不会自己去查你的位置。</translation>
    </message>
    <message>
        <source>A little humor?</source>
        <translation>来点幽默吗？</translation>
    </message>
    <message>
        <source>A piece of crosstalk when I ask for something light, never on a heavy day</source>
        <translation>我想轻松一下的时候，可以来一段相声；沉重的日子不会有</translation>
    </message>
    <message>
        <source>Remember between talks?</source>
        <translation>要不要记住一些事？</translation>
    </message>
    <message>
        <source>Short notes, each only after I say yes; never on its own</source>
        <translation>只记简短的几句，每一条都要我点头才记</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>ClaimRow</name>
    <message>
        <source>This is off</source>
        <translation>不是这样</translation>
    </message>
    <message>
        <source>This is off: {claim}</source>
        <translation>不是这样：{claim}</translation>
    </message>
</context>
<context>
    <name>ClosingView</name>
    <message>
        <source>First line</source>
        <translation>第一行</translation>
    </message>
    <message>
        <source>Second line</source>
        <translation>第二行</translation>
    </message>
    <message>
        <source>Third line</source>
        <translation>第三行</translation>
    </message>
    <message>
        <source>This line may stay empty.</source>
        <translation>这一行可以空着。</translation>
    </message>
    <message>
        <source>A next step</source>
        <translation>下一小步</translation>
    </message>
    <message>
        <source>None is fine, too.</source>
        <translation>没有也行。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>记下</translation>
    </message>
    <message>
        <source>Leave without keeping</source>
        <translation>不留，就到这里</translation>
    </message>
    <message>
        <source>Back to the talk</source>
        <translation>回去接着说</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>改一改</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Write here. One word is enough.</source>
        <translation>想到什么写什么，一个词也行。</translation>
    </message>
    <message>
        <source>Your message</source>
        <translation>你要说的话</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line.</source>
        <translation>按回车发送，按 Shift+回车换行。</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停下</translation>
    </message>
    <message>
        <source>Stops the reply. The Escape key does, too.</source>
        <translation>停止回复，按 Esc 键也可以。</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>不改了</translation>
    </message>
    <message>
        <source>You are editing your last message; the reply to it will be made anew.</source>
        <translation>你正在修改上一条消息，改好后会重新回复。</translation>
    </message>
    <message>
        <source>This is long. All of it is kept, but a model reads only its beginning and its end.</source>
        <translation>这段话很长。全文都会保存，但模型只读开头和结尾。</translation>
    </message>
</context>
<context>
    <name>ContactStep</name>
    <message>
        <source>Somebody to turn to</source>
        <translation>可以找的人</translation>
    </message>
    <message>
        <source>Is there one person you could call on a hard day? Help now shows them to you then. PsyLite never calls or writes to anybody.</source>
        <translation>难熬的时候，有没有一个你可以打电话的人？到时候“马上求助”里会显示他。PsyLite 自己从不给任何人打电话或发消息。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>As a guest you keep it only until you leave.</source>
        <translation>你现在是访客，离开以后就不会保留。</translation>
    </message>
    <message>
        <source>It stands in your plan, step 4, in your encrypted space.</source>
        <translation>会写进你的计划第 4 步，存在你加密的空间里。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Begin without</source>
        <translation>先不写，开始吧</translation>
    </message>
</context>
<context>
    <name>ConversationBin</name>
    <message>
        <source>Deleted conversations</source>
        <translation>删掉的谈话</translation>
    </message>
    <message>
        <source>How this conversation begins</source>
        <translation>这次谈话的开头</translation>
    </message>
    <message>
        <source>They can be brought back for {days} days; then they are erased. Breaks of more than ten days from the app do not count, so that a wrong clock empties nothing.</source>
        <translation>{days} 天内都能拿回来，之后就彻底擦掉。连续十天以上没打开应用的日子不算在内，这样电脑时钟出错也不会清空这里。</translation>
    </message>
    <message>
        <source>Nothing here. Deleted conversations stay here for a while.</source>
        <translation>这里没有东西。删掉的谈话会先在这里放一阵子。</translation>
    </message>
    <message>
        <source>Back to earlier conversations</source>
        <translation>回到以前的谈话</translation>
    </message>
    <message>
        <source>A conversation</source>
        <translation>一次谈话</translation>
    </message>
    <message>
        <source>{title} · deleted {day}</source>
        <translation>{title} · {day}删的</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M 月 d 日</translation>
    </message>
</context>
<context>
    <name>CorrectionsView</name>
    <message>
        <source>Delete my corrections</source>
        <translation>删除我的更正</translation>
    </message>
    <message>
        <source>Yes, delete them for good</source>
        <translation>是的，彻底删除</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>还是留着</translation>
    </message>
    <message>
        <source>Delete all corrections? Nothing brings them back.</source>
        <translation>要删除所有更正吗？删了就找不回来了。</translation>
    </message>
    <message>
        <source>No corrections are kept.</source>
        <translation>现在没有留下更正。</translation>
    </message>
    <message>
        <source>One correction is kept.</source>
        <translation>留下了 1 条更正。</translation>
    </message>
    <message>
        <source>{count} corrections are kept.</source>
        <translation>留下了 {count} 条更正。</translation>
    </message>
</context>
<context>
    <name>CostHint</name>
    <message>
        <source>A stranger with your file and a gaming PC would guess it in no time.</source>
        <translation>陌生人拿到文件，用一台游戏电脑，转眼就能猜中。</translation>
    </message>
    <message>
        <source>A stranger with your file and a gaming PC would need about {count} minutes.</source>
        <translation>陌生人拿到文件，用一台游戏电脑，大约 {count} 分钟能猜中。</translation>
    </message>
    <message>
        <source>A stranger with your file and a gaming PC would need about {count} hours.</source>
        <translation>陌生人拿到文件，用一台游戏电脑，大约 {count} 小时能猜中。</translation>
    </message>
    <message>
        <source>A stranger with your file and a gaming PC would need about {count} days.</source>
        <translation>陌生人拿到文件，用一台游戏电脑，大约要猜 {count} 天。</translation>
    </message>
    <message>
        <source>A stranger with your file and a gaming PC would need about {count} months.</source>
        <translation>陌生人拿到文件，用一台游戏电脑，大约要猜 {count} 个月。</translation>
    </message>
    <message>
        <source>A stranger with your file and a gaming PC would need about {count} years.</source>
        <translation>陌生人拿到文件，用一台游戏电脑，大约要猜 {count} 年。</translation>
    </message>
    <message>
        <source>A stranger with your file and a gaming PC would need longer than anybody will wait.</source>
        <translation>陌生人拿到文件，用一台游戏电脑，也要猜到没有人等得起的那么久。</translation>
    </message>
    <message>
        <source>Enough against a curious look; one or two words more help a lot.</source>
        <translation>防一时好奇的人够了，再加一两个词会牢靠得多。</translation>
    </message>
    <message>
        <source>Make sure that you can remember it.</source>
        <translation>自己记得住也要紧。</translation>
    </message>
</context>
<context>
    <name>CrisisCardPanel</name>
    <message>
        <source>Help right now</source>
        <translation>现在就能找到的帮助</translation>
    </message>
    <message>
        <source>I am in danger now</source>
        <translation>我现在有危险</translation>
    </message>
    <message>
        <source>Talk to someone</source>
        <translation>找个人说说</translation>
    </message>
    <message>
        <source>Message someone I trust</source>
        <translation>给信任的人发消息</translation>
    </message>
    <message>
        <source>My plan</source>
        <translation>我的计划</translation>
    </message>
    <message>
        <source>Stay with me</source>
        <translation>先陪我稳一稳</translation>
    </message>
    <message>
        <source>I am safe</source>
        <translation>我现在是安全的</translation>
    </message>
    <message>
        <source>This is not about me</source>
        <translation>这不是说我</translation>
    </message>
    <message>
        <source>You misread me</source>
        <translation>你误会我了</translation>
    </message>
    <message>
        <source>How I listen for danger</source>
        <translation>我怎样留意危险</translation>
    </message>
    <message>
        <source>Back to our talk; help stays in view</source>
        <translation>回到对话，求助方式还留在上面</translation>
    </message>
    <message>
        <source>Thank you for telling me. Your words were very clear, so one question to be sure: are you safe right now?</source>
        <translation>谢谢你告诉我。你刚才的话说得很清楚，所以我想再确认一句：你现在安全吗？</translation>
    </message>
    <message>
        <source>Or talk to someone:</source>
        <translation>也可以找人说说：</translation>
    </message>
    <message>
        <source>If busy:</source>
        <translation>如果占线：</translation>
    </message>
</context>
<context>
    <name>CrisisSurfaces</name>
    <message>
        <source>Help is in view above. F6 goes to it, and back.</source>
        <translation>上方有求助的方式。按 F6 过去，再按一次回来。</translation>
    </message>
</context>
<context>
    <name>DayGrid</name>
    <message>
        <source>{day}: no check-in</source>
        <translation>{day}：没有记录</translation>
    </message>
    <message>
        <source>{day}: {mood}</source>
        <translation>{day}：{mood}</translation>
    </message>
    <message>
        <source>{day}: {mood} on average, {count} check-ins</source>
        <translation>{day}：平均“{mood}”，{count} 次记录</translation>
    </message>
    <message>
        <source>{text}; added later</source>
        <translation>{text}；后来补记</translation>
    </message>
</context>
<context>
    <name>DayPicker</name>
    <message>
        <source>Day of the check-in</source>
        <translation>记的是哪一天</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <translation>M月d日 ddd</translation>
    </message>
</context>
<context>
    <name>DaysRow</name>
    <message>
        <source>ddd d MMM</source>
        <translation>M月d日 ddd</translation>
    </message>
    <message>
        <source>{day}: no check-in</source>
        <translation>{day}：没有记录</translation>
    </message>
    <message>
        <source>{day}: {mood}</source>
        <translation>{day}：{mood}</translation>
    </message>
    <message>
        <source>The last 14 days</source>
        <translation>最近 14 天</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>DeleteView</name>
    <message>
        <source>Delete {space}</source>
        <translation>删除“{space}”</translation>
    </message>
    <message>
        <source>Talks, check-ins, journal, exercises, plan and settings of this space go, and its keys first: nobody can bring them back. Other spaces stay. Backups and exports that you keep elsewhere stay, too, until you delete them there.</source>
        <translation>这个空间里的谈话、心情、日记、练习、计划和设置都会删掉，最先删的是钥匙，所以谁也找不回来。别的空间不受影响。你存在别处的备份和导出的文件也还在，要到那里去删。</translation>
    </message>
    <message>
        <source>Passphrase or recovery code</source>
        <translation>口令或恢复码</translation>
    </message>
    <message>
        <source>I know that nothing brings it back</source>
        <translation>我知道删了就找不回来</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>记下来</translation>
    </message>
</context>
<context>
    <name>DetailView</name>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Go on where you were</source>
        <translation>接着上次的做</translation>
    </message>
    <message>
        <source>Show me something steadying</source>
        <translation>换个能稳一稳的</translation>
    </message>
    <message>
        <source>What it rests on</source>
        <translation>它的依据</translation>
    </message>
    <message>
        <source>Earlier times</source>
        <translation>以前做过的</translation>
    </message>
    <message>
        <source>Delete what I left</source>
        <translation>删掉没做完的</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>先知道这些</translation>
    </message>
    <message>
        <source>Not today, perhaps</source>
        <translation>今天也许先不做</translation>
    </message>
</context>
<context>
    <name>Disclosure</name>
    <message>
        <source>This is a program and can be wrong. It is not emergency care; it works offline and cannot alert anyone.</source>
        <translation>这是一个程序，会说错话。它不是急救，也不联网，没法替你通知任何人。</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>DiscreetView</name>
    <message>
        <source>Hello</source>
        <translation>你好</translation>
    </message>
    <message>
        <source>PsyLite works without the internet. What you write is locked with your passphrase and stays on this computer.</source>
        <translation>PsyLite 不联网，你写的都用口令锁着，只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Name of your space: its colour and number</source>
        <translation>你的空间的名字：颜色加数字</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>I forgot it</source>
        <translation>忘记口令了</translation>
    </message>
    <message>
        <source>Keys of this space</source>
        <translation>这个空间的钥匙</translation>
    </message>
    <message>
        <source>Make a space of my own</source>
        <translation>建一个自己的空间</translation>
    </message>
    <message>
        <source>Just talk, save nothing</source>
        <translation>只聊聊，不保存</translation>
    </message>
    <message>
        <source>Which space? Type its colour and number first.</source>
        <translation>是哪个空间？先输入它的颜色和数字。</translation>
    </message>
</context>
<context>
    <name>EditableText</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>The note in your words</source>
        <translation>用你的话写这一条</translation>
    </message>
    <message>
        <source>Enter saves, Escape leaves it as it was.</source>
        <translation>回车保存，Esc 保持原样。</translation>
    </message>
</context>
<context>
    <name>EditorView</name>
    <message>
        <source>A title, if you like</source>
        <translation>想起个题目也行</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Write whatever is there. Nobody reads along.</source>
        <translation>有什么写什么，没有别人在看。</translation>
    </message>
    <message>
        <source>The page</source>
        <translation>这一页</translation>
    </message>
    <message>
        <source>Kept as you write. Tab leaves the page, Escape goes back to all pages.</source>
        <translation>边写边存。按 Tab 离开这一页，按 Esc 回到全部。</translation>
    </message>
    <message>
        <source>Give me a prompt</source>
        <translation>给个开头</translation>
    </message>
    <message>
        <source>Give me a prompt (Ctrl+P)</source>
        <translation>给个开头（Ctrl+P）</translation>
    </message>
    <message>
        <source>Look back at this</source>
        <translation>回头看看</translation>
    </message>
    <message>
        <source>Earlier versions</source>
        <translation>以前的样子</translation>
    </message>
    <message>
        <source>Keep out of the mirror</source>
        <translation>不给镜子看</translation>
    </message>
    <message>
        <source>Nothing looks for themes or habits of thought in a page that is kept out.</source>
        <translation>不给镜子看的这一页，程序不会去找里面的主题和想法习惯。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <translation>yyyy 年 M 月 d 日 dddd</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在存…</translation>
    </message>
    <message>
        <source>Saved until you leave</source>
        <translation>只存到你离开</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已存好</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>还没存上</translation>
    </message>
</context>
<context>
    <name>EndOffer</name>
    <message>
        <source>End here</source>
        <translation>在这里结束</translation>
    </message>
    <message>
        <source>Before you go, we can put this talk into three lines.</source>
        <translation>走之前，可以把这次的话收成三行。</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>先不用</translation>
    </message>
    <message>
        <source>The time you set is up. There is no hurry.</source>
        <translation>你定的时间到了。不用急。</translation>
    </message>
    <message>
        <source>A little longer</source>
        <translation>再待一会儿</translation>
    </message>
    <message>
        <source>You have been here for two hours. Would you like to stretch and drink something? Going on is fine, too.</source>
        <translation>你在这里待了两个小时了。要不要起来走走，喝口水？想接着说也可以。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>EngineChoice</name>
    <message>
        <source>{model} is in use from now on; it is loaded now.</source>
        <translation>从现在起用 {model}，正在装载。</translation>
    </message>
    <message>
        <source>This could not be saved here. It holds until you close PsyLite.</source>
        <translation>这里没能保存，这次改动到关掉 PsyLite 为止有效。</translation>
    </message>
    <message>
        <source>Its memory is free again. Your next message loads it anew.</source>
        <translation>内存已经还回去了。你下次发消息时会重新装载。</translation>
    </message>
    <message>
        <source>It is loaded and ready.</source>
        <translation>装载好了，可以用了。</translation>
    </message>
</context>
<context>
    <name>EntriesModel</name>
    <message>
        <source>An empty page</source>
        <translation>空白的一页</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy 年 M 月</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <translation>yyyy 年 M 月 d 日 ddd</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>ddd d</source>
        <translation>d 日 ddd</translation>
    </message>
</context>
<context>
    <name>EntriesView</name>
    <message>
        <source>Nothing here yet for this day. One face is enough.</source>
        <translation>这一天还没有记录。选一个表情就够了。</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>日记</translation>
    </message>
    <message>
        <source>New page</source>
        <translation>新的一页</translation>
    </message>
    <message>
        <source>New page (Ctrl+N)</source>
        <translation>新的一页（Ctrl+N）</translation>
    </message>
    <message>
        <source>Search in your pages</source>
        <translation>在写过的里面找</translation>
    </message>
    <message>
        <source>Your pages</source>
        <translation>写过的</translation>
    </message>
    <message>
        <source>Deleted pages</source>
        <translation>删掉的</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Nothing found for these words.</source>
        <translation>没有找到这些字。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Nothing written yet. A page can be one line long.</source>
        <translation>还没写过什么。一页可以只有一行。</translation>
    </message>
    <message>
        <source>Write a first page</source>
        <translation>写第一页</translation>
    </message>
    <message>
        <source>On this day in {year}: {words}</source>
        <translation>{year} 年的今天：{words}</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开看看</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Something went wrong here. What you wrote is still there. Try again.</source>
        <translation>这里出了点问题。你写的内容还在，再试一次。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>The model file is not there any more. Choose another one in Settings.</source>
        <translation>模型文件不在原来的位置了。到“设置”里另选一个。</translation>
    </message>
    <message>
        <source>This model file is empty. Copy it again.</source>
        <translation>这个模型文件是空的。请重新拷贝一份。</translation>
    </message>
    <message>
        <source>This is not a model file. PsyLite reads files in the GGUF format.</source>
        <translation>这不是模型文件。PsyLite 用的是 GGUF 格式的文件。</translation>
    </message>
    <message>
        <source>A part of this model file is missing. Copy it again.</source>
        <translation>这个模型文件缺了一部分。请重新拷贝一份。</translation>
    </message>
    <message>
        <source>This model file has a version that PsyLite cannot read.</source>
        <translation>这个模型文件的版本，PsyLite 读不了。</translation>
    </message>
    <message>
        <source>This model file is damaged, so PsyLite does not open it.</source>
        <translation>这个模型文件坏了，PsyLite 没有打开它。</translation>
    </message>
    <message>
        <source>PsyLite does not know this kind of model. Choose another one.</source>
        <translation>PsyLite 不认识这种模型。请另选一个。</translation>
    </message>
    <message>
        <source>The model could not be loaded. Choose another one in Settings.</source>
        <translation>模型没能加载。到“设置”里另选一个。</translation>
    </message>
    <message>
        <source>This model needs more memory than is free. Close other programs or choose a smaller one.</source>
        <translation>这个模型要用的内存比现在空闲的多。关掉一些别的程序，或者选一个小一点的模型。</translation>
    </message>
    <message>
        <source>This model needs about {needed} MB of memory and {available} MB are free. Close other programs or choose a smaller one.</source>
        <translation>这个模型大约要 {needed} MB 内存，现在空着 {available} MB。先关掉几个别的程序，或者换一个小一些的。</translation>
    </message>
    <message>
        <source>The language model stopped. Nothing is lost; the next message starts it again.</source>
        <translation>语言模型停了。什么都没丢，你发下一条消息时它会重新启动。</translation>
    </message>
    <message>
        <source>The language model cannot start on this computer. Everything else works.</source>
        <translation>语言模型在这台电脑上启动不了。其他功能都能用。</translation>
    </message>
    <message>
        <source>The language model did not answer in time. Try again or choose a smaller one.</source>
        <translation>语言模型没有按时回答。再试一次，或者选一个小一点的模型。</translation>
    </message>
    <message>
        <source>The language model sent something unreadable and was stopped. Try again.</source>
        <translation>语言模型传回的内容读不懂，已经让它停下。再试一次。</translation>
    </message>
    <message>
        <source>The language model was stopped.</source>
        <translation>语言模型已停止。</translation>
    </message>
    <message>
        <source>The language model is still busy with something else. Try again in a moment.</source>
        <translation>语言模型还在忙别的，过一会儿再试。</translation>
    </message>
    <message>
        <source>The language model could not do this. Try again, or choose another model.</source>
        <translation>语言模型没能做到。再试一次，或者换一个模型。</translation>
    </message>
    <message>
        <source>This text is longer than the model can take in. Make it shorter and try again.</source>
        <translation>这段文字太长，模型一次读不下。缩短一些再试。</translation>
    </message>
    <message>
        <source>Looking something up did not work this time. Everything else works.</source>
        <translation>这一次没能查到资料。其他功能都能用。</translation>
    </message>
    <message>
        <source>This conversation is not there any more.</source>
        <translation>这次谈话已经不在了。</translation>
    </message>
    <message>
        <source>That does not fit. Check the keyboard and capital letters, and try again.</source>
        <translation>对不上。看看输入法和大小写，再试一次。</translation>
    </message>
    <message>
        <source>The file of this space is damaged. Your passphrase is not the reason. Leave the file as it is and bring back a backup if there is one.</source>
        <translation>这个空间的文件坏了，不是你的口令不对。先别动这个文件，有备份的话，用备份恢复。</translation>
    </message>
    <message>
        <source>The lock of this space is damaged, so no passphrase can open it. Your passphrase is not the reason. Bring back a backup if there is one.</source>
        <translation>这个空间的“锁”坏了，什么口令都打不开，不是你的口令不对。有备份的话，用备份恢复。</translation>
    </message>
    <message>
        <source>The file of this space is not there. It may have been moved or deleted, or its disk may not be connected.</source>
        <translation>找不到这个空间的文件。它可能被移走或删掉了，也可能是所在的磁盘没有接上。</translation>
    </message>
    <message>
        <source>There is already something in this place.</source>
        <translation>这个位置已经有东西了。</translation>
    </message>
    <message>
        <source>A newer PsyLite wrote this space. Open it with that version.</source>
        <translation>这个空间是更新版本的 PsyLite 写的，请用那个版本打开。</translation>
    </message>
    <message>
        <source>This space is locked. Open it again.</source>
        <translation>这个空间锁上了，请重新打开。</translation>
    </message>
    <message>
        <source>This space is open in another window of PsyLite. Close that one first.</source>
        <translation>这个空间正在另一个 PsyLite 窗口里打开着，先把那个关掉。</translation>
    </message>
    <message>
        <source>PsyLite may not write here, so nothing can be saved in this place. Check whether the disk is write-protected and whether the folder is yours.</source>
        <translation>PsyLite 不能在这里写入，所以什么都存不下来。请看看磁盘是不是写保护了，文件夹是不是你的。</translation>
    </message>
    <message>
        <source>The way to this space is too long: too many folders in each other, or too long names. Move it to a shorter one.</source>
        <translation>通往这个空间的路径太长了：文件夹套得太深，或者名字太长。把它移到短一些的位置就好。</translation>
    </message>
    <message>
        <source>The keyring of this computer did not answer, so the passphrase is needed.</source>
        <translation>这台电脑的钥匙串没有应答，所以还是要用口令。</translation>
    </message>
    <message>
        <source>The disk is full, so this could not be saved. Free some space and try again.</source>
        <translation>磁盘满了，没能保存。腾出一点地方再试。</translation>
    </message>
    <message>
        <source>The model file that is chosen has changed since its trial, or was never tried, so it is not loaded. Try it on the page Models; until then replies are written beforehand.</source>
        <translation>选定的模型文件在试运行之后变了，或者还没有试过，所以没有装载。到“模型”页试一次；在那之前用事先写好的回复。</translation>
    </message>
    <message>
        <source>The file {file} cannot be read any more; the stick may have been taken out. What is copied already is kept: plug it in and go on.</source>
        <translation>读不到文件 {file} 了，可能是 U 盘被拔掉了。已经复制的部分还在：插好以后可以接着来。</translation>
    </message>
    <message>
        <source>The file {file} changed while it was copied, so nothing of it was kept. Try again when nothing writes to it.</source>
        <translation>文件 {file} 在复制途中变了，所以什么都没有留下。等没有别的程序在写它的时候再试一次。</translation>
    </message>
    <message>
        <source>There is not enough room for this model: {needed} MB are needed and {available} MB are free. Free some space and go on, or use the file where it is.</source>
        <translation>放不下这个模型：需要 {needed} MB，现在空着 {available} MB。腾出一些空间再接着来，或者直接用原处的文件。</translation>
    </message>
    <message>
        <source>The disk that PsyLite keeps its data on takes no file this large (FAT32 ends at 4 GB). Use the file where it is, or a smaller model.</source>
        <translation>PsyLite 存放数据的盘放不了这么大的单个文件（FAT32 最多 4 GB）。直接用原处的文件，或者换小一些的模型。</translation>
    </message>
    <message>
        <source>PsyLite may not write to {path}. Use the file where it is, or check whether the disk is write-protected.</source>
        <translation>PsyLite 不能往 {path} 里写东西。直接用原处的文件，或者看看盘是不是写保护了。</translation>
    </message>
    <message>
        <source>The way to {file} is too long for this system. Move the file into a folder nearer to the top and try again.</source>
        <translation>到 {file} 的路径太长，系统打不开。把文件挪到层级浅一些的文件夹里再试。</translation>
    </message>
    <message>
        <source>The copy was not written as it was read, so it was not kept. Try again; if it stays, check the disk.</source>
        <translation>写进去的和读出来的不一样，所以这份复制没有留下。再试一次；还是这样就检查一下硬盘。</translation>
    </message>
    <message>
        <source>Another window of PsyLite is copying a model. Wait until it is done.</source>
        <translation>另一个 PsyLite 窗口正在复制模型，等它做完。</translation>
    </message>
    <message>
        <source>Its SHA-256 is not the expected one: {found} instead of {expected}. It may be another version, or somebody changed it. It was not taken over.</source>
        <translation>它的 SHA-256 和预期的不一样：应当是 {expected}，实际是 {found}。可能是另一个版本，也可能被人改过。没有收进来。</translation>
    </message>
    <message>
        <source>The trial ended in the middle: this file brings the engine down, so PsyLite does not use it. Nothing else was touched.</source>
        <translation>试运行中途断掉了：这个文件会让引擎崩溃，所以 PsyLite 不用它。别的都没有受影响。</translation>
    </message>
    <message>
        <source>The model loads but writes nothing, so there is nothing to talk with.</source>
        <translation>模型能装载，但什么都写不出来，没法用来说话。</translation>
    </message>
    <message>
        <source>The processor of this computer is older than the language model needs (it lacks SSE4.2, which processors have had since about 2009). Replies are written ones; everything else works.</source>
        <translation>这台电脑的处理器太老，跑不了对话模型（缺 SSE4.2 指令，2009 年前后起的处理器才有）。回复改用事先写好的，其他功能照常。</translation>
    </message>
    <message>
        <source>Reading or writing on the disk failed. Try again; if it stays, check the disk.</source>
        <translation>读写磁盘时出错了。再试一次；如果一直这样，检查一下磁盘。</translation>
    </message>
    <message>
        <source>Too short: take at least 10 characters, or 6 Chinese ones.</source>
        <translation>太短了：至少 10 个字符，或者 6 个汉字。</translation>
    </message>
    <message>
        <source>Many people use this one, so it is guessed first. Take something of your own.</source>
        <translation>很多人用过这个口令，最先被猜的就是它。换一个只有你想得到的。</translation>
    </message>
    <message>
        <source>This space is not here any more. If it is on a stick or another disk, connect that and try again.</source>
        <translation>这个空间不在这里了。如果它在 U 盘或别的磁盘上，接上以后再试一次。</translation>
    </message>
    <message>
        <source>This backup is not there any more.</source>
        <translation>这份备份已经不在了。</translation>
    </message>
    <message>
        <source>A backup is being made already. Try again in a moment.</source>
        <translation>正在做备份，请稍等再试。</translation>
    </message>
    <message>
        <source>You are here as a guest, so there is nothing to keep.</source>
        <translation>你现在是访客，没有什么要保存的。</translation>
    </message>
    <message>
        <source>This copy has another key than the space, so it cannot take its place. It can become a space of its own.</source>
        <translation>这份副本的密钥和这个空间不同，不能放回原位，但可以成为一个单独的空间。</translation>
    </message>
    <message>
        <source>This is not a .psyvault file.</source>
        <translation>这不是 .psyvault 文件。</translation>
    </message>
    <message>
        <source>This .psyvault file was damaged or changed, so nothing of it was taken over. Use another copy of it.</source>
        <translation>这个 .psyvault 文件损坏了或被改动过，所以没有采用其中任何内容。请换一份副本。</translation>
    </message>
    <message>
        <source>A part of this .psyvault file is missing. Copy it again from where it came.</source>
        <translation>这个 .psyvault 文件缺了一部分。请从原来的地方再复制一次。</translation>
    </message>
    <message>
        <source>Nothing in this file can be read any more. It stays where it is, and nothing new was made in its place.</source>
        <translation>这个文件里已经读不出任何内容。它还留在原处，也没有建新的来代替它。</translation>
    </message>
    <message>
        <source>This machine has no memory limit that a program may set, so nothing can be measured within one.</source>
        <translation>这台机器不允许程序自己设内存上限，所以没法在上限里测。</translation>
    </message>
    <message>
        <source>{name} did not run to its end, so nothing can be compared with it.</source>
        <translation>{name} 没有跑完，没法跟它比较。</translation>
    </message>
    <message>
        <source>Line {line} cannot be read.</source>
        <translation>第 {line} 行读不了。</translation>
    </message>
    <message>
        <source>Line {line} of {file} cannot be used: {reason}.</source>
        <translation>{file} 第 {line} 行用不了：{reason}。</translation>
    </message>
    <message>
        <source>There are no cases in {file}.</source>
        <translation>{file} 里没有可用的案例。</translation>
    </message>
    <message>
        <source>There are no scores in {file} yet.</source>
        <translation>{file} 里还没有填分数。</translation>
    </message>
    <message>
        <source>There is nothing to send yet.</source>
        <translation>还没有可以发送的内容。</translation>
    </message>
    <message>
        <source>This text is not in UTF-8.</source>
        <translation>这段文字不是 UTF-8 编码。</translation>
    </message>
    <message>
        <source>A file of PsyLite is damaged: {file}. Install PsyLite again.</source>
        <translation>PsyLite 的一个文件坏了：{file}。请重新安装 PsyLite。</translation>
    </message>
    <message>
        <source>There is not enough room for {path}. Free about {missing} MB more, or choose another place. Nothing was left there.</source>
        <translation>空间不够，存不下 {path}。请再腾出大约 {missing} MB，或换个地方。那里没有留下任何东西。</translation>
    </message>
    <message>
        <source>PsyLite may not write to {path}. Choose another place.</source>
        <translation>PsyLite 不能写入 {path}。请换个地方。</translation>
    </message>
    <message>
        <source>The folder {path} is not there any more. Choose another place.</source>
        <translation>文件夹 {path} 已经不在了。请换个地方。</translation>
    </message>
    <message>
        <source>Writing {path} failed. Nothing was left there. Try again or choose another place.</source>
        <translation>{path} 没有写成功，那里没有留下任何东西。请再试一次，或换个地方。</translation>
    </message>
    <message>
        <source>This file cannot be opened.</source>
        <translation>打不开这个文件。</translation>
    </message>
    <message>
        <source>PsyLite does not know this kind of file. It reads its own export (JSON) and the table that Daylio exports (CSV).</source>
        <translation>PsyLite 不认识这种文件。它能读自己导出的文件（JSON）和 Daylio 导出的表格（CSV）。</translation>
    </message>
    <message>
        <source>A newer PsyLite wrote this file. Bring it in with that version.</source>
        <translation>这个文件是更新版本的 PsyLite 写的，请用那个版本导入。</translation>
    </message>
    <message>
        <source>This file is larger than {limit} MB, so PsyLite does not read it.</source>
        <translation>这个文件超过 {limit} MB，PsyLite 没有读它。</translation>
    </message>
    <message>
        <source>This setting cannot be used.</source>
        <translation>这个设置用不了。</translation>
    </message>
</context>
<context>
    <name>ExerciseOffer</name>
    <message>
        <source>Look at the exercise</source>
        <translation>看看这个练习</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>先不用</translation>
    </message>
    <message>
        <source>Nothing is suggested for a day.</source>
        <translation>一天之内不再提建议。</translation>
    </message>
    <message>
        <source>There is an exercise for this: “{title}”, {minutes} min (evidence {badge}).</source>
        <translation>有个练习和这件事有关：《{title}》，{minutes} 分钟（依据 {badge}）。</translation>
    </message>
</context>
<context>
    <name>ExerciseRatingsChart</name>
    <message>
        <source>Before and after exercises</source>
        <translation>练习前后</translation>
    </message>
    <message>
        <source>How heavy it felt, 0 to 10. Hollow: before; full: after. In brackets: times rated.</source>
        <translation>心里有多沉，0 到 10。空心：练习前；实心：练习后。括号里是打过分的次数。</translation>
    </message>
    <message>
        <source>Rated before and after: {times}×. Lighter afterwards: {lighter}×, heavier: {heavier}×, the same: {same}×.</source>
        <translation>前后都打过分的有 {times} 次：轻了一些 {lighter} 次，沉了一些 {heavier} 次，差不多 {same} 次。</translation>
    </message>
    <message>
        <source>After an exercise that was rated before and after, it stands here.</source>
        <translation>做完一个练习，并且前后都打过分，这里就会有它。</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Lighter</source>
        <translation>变轻</translation>
    </message>
    <message>
        <source>Heavier</source>
        <translation>变沉</translation>
    </message>
    <message>
        <source>{name}: {before} before, {after} after, {count}×</source>
        <translation>{name}：之前 {before}，之后 {after}，{count} 次</translation>
    </message>
    <message>
        <source>Arrow keys read one exercise after the other.</source>
        <translation>方向键可以一个个练习地读。</translation>
    </message>
</context>
<context>
    <name>Exercises</name>
    <message>
        <source>Breathing</source>
        <translation>呼吸</translation>
    </message>
    <message>
        <source>Body and senses</source>
        <translation>身体和感官</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>想法</translation>
    </message>
    <message>
        <source>Worry</source>
        <translation>担心</translation>
    </message>
    <message>
        <source>Getting going</source>
        <translation>动起来</translation>
    </message>
    <message>
        <source>What matters</source>
        <translation>看重什么</translation>
    </message>
    <message>
        <source>Kindness</source>
        <translation>对自己好一点</translation>
    </message>
    <message>
        <source>Sleep</source>
        <translation>睡觉</translation>
    </message>
    <message>
        <source>With people</source>
        <translation>跟人打交道</translation>
    </message>
    <message>
        <source>Exam season</source>
        <translation>考试季</translation>
    </message>
    <message>
        <source>Evidence A: several good trials.</source>
        <translation>依据 A：有好几个扎实的试验。</translation>
    </message>
    <message>
        <source>Evidence B: trials found it helpful, and may be too hopeful.</source>
        <translation>依据 B：试验说有帮助，但可能偏乐观。</translation>
    </message>
    <message>
        <source>Evidence C: one small trial, or trials that do not agree.</source>
        <translation>依据 C：只有一个小试验，或者几个试验说法不一。</translation>
    </message>
    <message>
        <source>Evidence D: practice wisdom, not tested by itself.</source>
        <translation>依据 D：实践经验，没有单独检验过。</translation>
    </message>
    <message>
        <source>Breathe in</source>
        <translation>吸气</translation>
    </message>
    <message>
        <source>A little more</source>
        <translation>再吸一点</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>停住</translation>
    </message>
    <message>
        <source>Breathe out</source>
        <translation>呼气</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>歇一下</translation>
    </message>
    <message>
        <source>{minutes} min · evidence {badge}</source>
        <translation>{minutes} 分钟 · 依据 {badge}</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <translation>yyyy/M/d ddd</translation>
    </message>
    <message>
        <source>before {before}, after {after}</source>
        <translation>做之前 {before}，做之后 {after}</translation>
    </message>
</context>
<context>
    <name>ExercisesPage</name>
    <message>
        <source>This exercise can wait. What you wrote is kept.</source>
        <translation>这个练习可以等一等，写下的都留着。</translation>
    </message>
    <message>
        <source>Leave it here</source>
        <translation>先放在这儿</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Talks</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>What I kept at the end of talks</source>
        <translation>聊天结束时留下的几句</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>心情记录</translation>
    </message>
    <message>
        <source>What I wrote</source>
        <translation>写下的文字</translation>
    </message>
    <message>
        <source>Exercises</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>量表</translation>
    </message>
    <message>
        <source>My plan</source>
        <translation>我的计划</translation>
    </message>
    <message>
        <source>What is remembered</source>
        <translation>记住的事</translation>
    </message>
    <message>
        <source>My records</source>
        <translation>我的记录</translation>
    </message>
    <message>
        <source>Made on</source>
        <translation>导出时间</translation>
    </message>
    <message>
        <source>Days:</source>
        <translation>日期：</translation>
    </message>
    <message>
        <source>open</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>This file is not encrypted: whoever has it can read it.</source>
        <translation>这个文件没有加密，谁拿到都能看。</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Before (0 to 10)</source>
        <translation>做之前（0 到 10）</translation>
    </message>
    <message>
        <source>After (0 to 10)</source>
        <translation>做之后（0 到 10）</translation>
    </message>
    <message>
        <source>Feelings</source>
        <translation>感受</translation>
    </message>
    <message>
        <source>To do with</source>
        <translation>和什么有关</translation>
    </message>
    <message>
        <source>Level of risk that was heard (0 to 3)</source>
        <translation>听出的风险等级（0 到 3）</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Kept until</source>
        <translation>保留到</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Not for the mirror</source>
        <translation>不给镜子看</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>Everything in one encrypted file</source>
        <translation>把全部内容存成一个加密文件</translation>
    </message>
    <message>
        <source>It holds everything in this space, as safely locked as here. Take it to another computer or keep it on a stick. PsyLite opens it there.</source>
        <translation>它包含这个空间里的全部内容，和这里锁得一样牢。可以带到另一台电脑，或存在 U 盘里，用那里的 PsyLite 打开。</translation>
    </message>
    <message>
        <source>Your passphrase</source>
        <translation>你的口令</translation>
    </message>
    <message>
        <source>Another passphrase for the file</source>
        <translation>给这个文件另设一个口令</translation>
    </message>
    <message>
        <source>Passphrase of the file</source>
        <translation>文件的口令</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>再输入一遍</translation>
    </message>
    <message>
        <source>Choose a place and save</source>
        <translation>选择位置并保存</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>先不用</translation>
    </message>
    <message>
        <source>The two are not the same. Type the second one again.</source>
        <translation>两次输入不一样，请重新输入第二次。</translation>
    </message>
    <message>
        <source>Save the encrypted file</source>
        <translation>保存加密文件</translation>
    </message>
    <message>
        <source>Encrypted spaces (*.psyvault)</source>
        <translation>加密空间 (*.psyvault)</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Putting the file together</source>
        <translation>正在整理文件</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Nothing leaves this space by itself. Here you can take a copy with you.</source>
        <translation>这里的内容不会自己跑出去。你可以在这里带走一份副本。</translation>
    </message>
    <message>
        <source>Before you save</source>
        <translation>保存之前</translation>
    </message>
    <message>
        <source>The file is NOT encrypted. Everybody who can use this account of the computer, and everybody who gets the file, can read it: on a shared computer, on a USB stick, in a folder that is copied to a cloud. Delete it where you no longer need it.</source>
        <translation>文件没有加密。能用这个电脑账户的人、拿到文件的人，都能看：无论它在公用电脑上、U 盘里，还是在会同步到云端的文件夹里。不再需要的时候，把它删掉。</translation>
    </message>
    <message>
        <source>Choose where to save…</source>
        <translation>选择保存的地方…</translation>
    </message>
    <message>
        <source>without a title</source>
        <translation>没有标题</translation>
    </message>
    <message>
        <source>Only one conversation: {title}</source>
        <translation>只导出这一次谈话：{title}</translation>
    </message>
    <message>
        <source>Everything instead</source>
        <translation>改为全部</translation>
    </message>
    <message>
        <source>Nothing is ticked yet, so there is nothing to save.</source>
        <translation>还没有勾选，没有可以保存的内容。</translation>
    </message>
    <message>
        <source>The file will hold:</source>
        <translation>文件里会有：</translation>
    </message>
    <message>
        <source>· {name}: {count}</source>
        <translation>· {name}：{count}</translation>
    </message>
    <message>
        <source>Days: {first} to {last} (the plan as it is now)</source>
        <translation>日期：{first} 到 {last}（计划是现在的样子）</translation>
    </message>
    <message>
        <source>With levels of risk and answers about suicide</source>
        <translation>包括风险等级和关于自杀的回答</translation>
    </message>
    <message>
        <source>Without levels of risk and without single answers about suicide</source>
        <translation>不包括风险等级，也不包括关于自杀的单题回答</translation>
    </message>
    <message>
        <source>Save the export</source>
        <translation>保存导出的文件</translation>
    </message>
    <message>
        <source>Saved as {path}. It is not encrypted.</source>
        <translation>已保存到 {path}。这个文件没有加密。</translation>
    </message>
    <message>
        <source>Stopped. No file was left.</source>
        <translation>已停止。没有留下文件。</translation>
    </message>
</context>
<context>
    <name>FaceRow</name>
    <message>
        <source>Mood: {word}, {number} of 5</source>
        <translation>心情：{word}，5 档里的第 {number} 档</translation>
    </message>
    <message>
        <source>Key {number}</source>
        <translation>按 {number} 键</translation>
    </message>
</context>
<context>
    <name>FeelingWordsChart</name>
    <message>
        <source>Feeling words</source>
        <translation>感受词</translation>
    </message>
    <message>
        <source>Length: check-ins with the word. Colour and word: the mood they came with.</source>
        <translation>长短：有多少次记录选了这个词。颜色和文字：那时平均的心情。</translation>
    </message>
    <message>
        <source>“{word}” was chosen most, in {count} of {all} check-ins; those came with “{mood}” on average ({mean} of 5).</source>
        <translation>选得最多的是“{word}”，{all} 次记录里有 {count} 次；那时的心情平均是“{mood}”（{mean}，1 到 5）。</translation>
    </message>
    <message>
        <source>No feeling words yet. They can be added to any check-in, never must be.</source>
        <translation>还没有感受词。记心情时想选就选，不选也可以。</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>心情记录</translation>
    </message>
    <message>
        <source>Mean mood</source>
        <translation>平均心情</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>心情</translation>
    </message>
    <message>
        <source>{word}: chosen {count}×, with “{mood}” on average ({mean} of 5)</source>
        <translation>{word}：{count} 次记录，那时平均“{mood}”（{mean}，1 到 5）</translation>
    </message>
    <message>
        <source>Arrow keys read one word after the other.</source>
        <translation>方向键可以一个个词地读。</translation>
    </message>
</context>
<context>
    <name>FeelingsView</name>
    <message>
        <source>Unpleasant, stirred up</source>
        <translation>不好受，绷着一股劲</translation>
    </message>
    <message>
        <source>Pleasant, lively</source>
        <translation>好受，有劲头</translation>
    </message>
    <message>
        <source>Unpleasant, little energy</source>
        <translation>不好受，没什么劲</translation>
    </message>
    <message>
        <source>Pleasant, quiet</source>
        <translation>好受，安安静静</translation>
    </message>
    <message>
        <source>A bit of both</source>
        <translation>两样都有一点</translation>
    </message>
    <message>
        <source>Which words fit?</source>
        <translation>哪些词贴近现在的感受？</translation>
    </message>
    <message>
        <source>Arrow keys go from word to word, Space picks.</source>
        <translation>方向键在词之间移动，空格键选中。</translation>
    </message>
    <message>
        <source>Pick as many as you like, or none.</source>
        <translation>想选几个都行，不选也行。</translation>
    </message>
</context>
<context>
    <name>FiguresTable</name>
    <message>
        <source>not measured yet</source>
        <translation>还没有测过</translation>
    </message>
    <message>
        <source>with the engine</source>
        <translation>用上引擎</translation>
    </message>
    <message>
        <source>without the engine</source>
        <translation>不用引擎</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>{language}, {count} texts</source>
        <translation>{language}，{count} 条文本</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
    <message>
        <source>[{low}–{high} %] {hits} of {total}</source>
        <translation>[{low}–{high} %]，{total} 条里 {hits} 条</translation>
    </message>
</context>
<context>
    <name>ForgetAll</name>
    <message>
        <source>Forget all notes? Nothing brings them back.</source>
        <translation>把记下的全忘掉吗？忘了就找不回来。</translation>
    </message>
    <message>
        <source>Forget all</source>
        <translation>全部忘掉</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>留着</translation>
    </message>
    <message>
        <source>Yes, forget them all</source>
        <translation>是的，全部忘掉</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Self-rating scales</source>
        <translation>自评量表</translation>
    </message>
    <message>
        <source>Exercises</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Small things to do by yourself. Stop whenever you like; it&apos;s all kept.</source>
        <translation>一个人就能做的小事。想停就停，写下的都留着。</translation>
    </message>
    <message>
        <source>Find by a word: sleep, exam, breath</source>
        <translation>用一个词找：睡、考试、呼吸</translation>
    </message>
    <message>
        <source>Find an exercise by a word</source>
        <translation>用一个词找练习</translation>
    </message>
    <message>
        <source>Nothing here by that word.</source>
        <translation>这个词没有找到练习。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>You stopped partway through “{title}”.</source>
        <translation>“{title}”上次做到一半。</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>接着做</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Help now</source>
        <translation>马上求助</translation>
    </message>
    <message>
        <source>These are people, not programs. You do not need a special reason to call, and you may also call because you are worried about somebody else.</source>
        <translation>接电话的是真人，不是程序。不需要什么特别的理由才能打，担心别人的时候也可以打。</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>If you or somebody else is in danger now</source>
        <translation>如果你或身边的人现在有危险</translation>
    </message>
    <message>
        <source>Talk to someone</source>
        <translation>找个人说说</translation>
    </message>
    <message>
        <source>Something to do right now</source>
        <translation>现在可以做的一件小事</translation>
    </message>
    <message>
        <source>My plan</source>
        <translation>我的计划</translation>
    </message>
    <message>
        <source>How I listen for danger</source>
        <translation>我怎样留意危险</translation>
    </message>
    <message>
        <source>PsyLite works offline: it cannot call, write to or alert anyone. Numbers and hours can change; each one shows the date on which it was checked.</source>
        <translation>PsyLite 不联网，没法替你打电话、发消息或通知任何人。号码和时间可能会变，每一条都写着核对的日期。</translation>
    </message>
</context>
<context>
    <name>HelpStrip</name>
    <message>
        <source>You can talk to a person: {number} ({name})</source>
        <translation>你可以找真人说说：{number}（{name}）</translation>
    </message>
    <message>
        <source>You can talk to a person.</source>
        <translation>你可以找真人说说。</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Why is this here?</source>
        <translation>为什么会出现这一行？</translation>
    </message>
    <message>
        <source>My plan</source>
        <translation>我的计划</translation>
    </message>
    <message>
        <source>Show help</source>
        <translation>看看求助方式</translation>
    </message>
</context>
<context>
    <name>HistoryDelegate</name>
    <message>
        <source>Title of the conversation</source>
        <translation>谈话的标题</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>A conversation</source>
        <translation>一次谈话</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M 月 d 日</translation>
    </message>
    <message>
        <source>{time}, messages: {count}</source>
        <translation>{time}，{count} 条消息</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>这一周</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy 年 M 月</translation>
    </message>
    <message>
        <source>Titles</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Said in conversations</source>
        <translation>谈话里说过的</translation>
    </message>
    <message>
        <source>Journal pages</source>
        <translation>日记</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>心情记录</translation>
    </message>
    <message>
        <source>Exercises</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>What I remember</source>
        <translation>我记得的</translation>
    </message>
    <message>
        <source>{place}: the newest {count}</source>
        <translation>{place}：最近 {count} 条</translation>
    </message>
    <message>
        <source>{place}: {count}</source>
        <translation>{place}：{count} 条</translation>
    </message>
    <message>
        <source>A page</source>
        <translation>一页日记</translation>
    </message>
    <message>
        <source>An exercise</source>
        <translation>一个练习</translation>
    </message>
    <message>
        <source>{name} · {day}</source>
        <translation>{name} · {day}</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Nothing found for these words.</source>
        <translation>没有找到这几个字。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>What you talk about will be found here.</source>
        <translation>你聊过的，以后都能在这里找到。</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>去聊聊</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Where would you like to begin?</source>
        <translation>想从哪里开始？</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>聊聊</translation>
    </message>
    <message>
        <source>Say what is on your mind.</source>
        <translation>心里有什么，说说看。</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>记心情</translation>
    </message>
    <message>
        <source>How you are, in one face and as many words as you like.</source>
        <translation>选一个表情，想多写几个词也行。</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写一写</translation>
    </message>
    <message>
        <source>A page to yourself.</source>
        <translation>留给自己的一页。</translation>
    </message>
    <message>
        <source>{count} of the last {days} days</source>
        <translation>最近 {days} 天里记了 {count} 天</translation>
    </message>
    <message>
        <source>No check-in today yet; one face is enough.</source>
        <translation>今天还没有记心情，选一个表情就够了。</translation>
    </message>
    <message>
        <source>Today at {time}: {mood}</source>
        <translation>今天 {time}：{mood}</translation>
    </message>
    <message>
        <source>{count} check-ins today, the last at {time}: {mood}</source>
        <translation>今天记了 {count} 次，最近一次在 {time}：{mood}</translation>
    </message>
</context>
<context>
    <name>HourChart</name>
    <message>
        <source>Time of day</source>
        <translation>一天里的时段</translation>
    </message>
    <message>
        <source>Mean mood of the check-ins, 1 to 5; above it their number (n). Outline: fewer than 3. Check-ins added later are left out: nobody knows their hour.</source>
        <translation>每个时段记录的平均心情，1 到 5；上面的数字是记录次数 (n)。只有轮廓的少于 3 次。后来补记的不算在内，因为不知道是几点。</translation>
    </message>
    <message>
        <source>One more check-in on the day itself, and this can be drawn.</source>
        <translation>再有一次当天的记录，这里就能画出来。</translation>
    </message>
    <message>
        <source>{count} more check-ins on the day itself, and this can be drawn.</source>
        <translation>再有 {count} 次当天的记录，这里就能画出来。</translation>
    </message>
    <message>
        <source>{first}:00 to {last}:00</source>
        <translation>{first}:00 到 {last}:00</translation>
    </message>
    <message>
        <source>{first}–{last}</source>
        <translation>{first}–{last}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Check-ins (n)</source>
        <translation>记录次数 (n)</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>cannot be read</source>
        <translation>读不出来</translation>
    </message>
    <message>
        <source>the day cannot be read</source>
        <translation>日期读不出来</translation>
    </message>
    <message>
        <source>the time cannot be read</source>
        <translation>时间读不出来</translation>
    </message>
    <message>
        <source>there is no mood, or one that is left out</source>
        <translation>没有心情，或这种心情不导入</translation>
    </message>
    <message>
        <source>the mood has no place yet; choose one above</source>
        <translation>这种心情还没有对应，请在上面选一个</translation>
    </message>
    <message>
        <source>comes in, but its note is cut at 500 characters</source>
        <translation>会进来，但备注只留前 500 个字</translation>
    </message>
    <message>
        <source>this version does not know it</source>
        <translation>这个版本不认识它</translation>
    </message>
    <message>
        <source>was not finished</source>
        <translation>没有做完</translation>
    </message>
    <message>
        <source>was to be forgotten by now</source>
        <translation>到现在已经该忘掉了</translation>
    </message>
    <message>
        <source>too heavy to be remembered for replies</source>
        <translation>太沉重，不放进回复会用到的记忆里</translation>
    </message>
    <message>
        <source>is here already</source>
        <translation>这里已经有了</translation>
    </message>
    <message>
        <source>stands twice in the file</source>
        <translation>在文件里出现了两次</translation>
    </message>
    <message>
        <source>this step of your plan holds other words, which stay</source>
        <translation>计划的这一步已有别的内容，保留原来的</translation>
    </message>
    <message>
        <source>there is no room for more notes</source>
        <translation>记忆已经放满了</translation>
    </message>
    <message>
        <source>its talk is not in the file</source>
        <translation>文件里没有它所属的聊天</translation>
    </message>
    <message>
        <source>this version does not know this part</source>
        <translation>这个版本不认识这一部分</translation>
    </message>
    <message>
        <source>Line {number}: {reason}</source>
        <translation>第 {number} 行：{reason}</translation>
    </message>
    <message>
        <source>{section}, number {number}: {reason}</source>
        <translation>{section}第 {number} 项：{reason}</translation>
    </message>
    <message>
        <source>{section}: {reason}</source>
        <translation>{section}：{reason}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 项</translation>
    </message>
</context>
<context>
    <name>InsightsPage</name>
    <message>
        <source>Insights</source>
        <translation>看变化</translation>
    </message>
    <message>
        <source>Nothing here yet. After a check-in, this page begins to show how days went.</source>
        <translation>这里还是空的。记一次心情之后，就能慢慢看到日子是怎么过的。</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>记心情</translation>
    </message>
</context>
<context>
    <name>JournalPage</name>
    <message>
        <source>No other prompt for now; the page is free.</source>
        <translation>暂时没有别的开头了，随便写。</translation>
    </message>
    <message>
        <source>Back to your page; help stays in view</source>
        <translation>回到你写的这一页；求助方式一直在</translation>
    </message>
    <message>
        <source>F6 leads here, and back to your page.</source>
        <translation>按 F6 可以到这里，再按一次回到你的这一页。</translation>
    </message>
</context>
<context>
    <name>KeptStrip</name>
    <message>
        <source>You kept a few lines of this talk.</source>
        <translation>这次对话你留下了几行。</translation>
    </message>
    <message>
        <source>Fold away</source>
        <translation>收起来</translation>
    </message>
    <message>
        <source>Show what you kept</source>
        <translation>看看留下的</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>改一改</translation>
    </message>
    <message>
        <source>A next step: {step}</source>
        <translation>下一小步：{step}</translation>
    </message>
</context>
<context>
    <name>KeysDoorView</name>
    <message>
        <source>Keys of {space}</source>
        <translation>“{space}”的钥匙</translation>
    </message>
    <message>
        <source>Change the passphrase, get a new recovery code, and more. First show that it is yours.</source>
        <translation>可以换口令、换恢复码等等。先确认一下这是你的空间。</translation>
    </message>
    <message>
        <source>Passphrase or recovery code</source>
        <translation>口令或恢复码</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>KeysFlow</name>
    <message>
        <source>Looking whether it fits…</source>
        <translation>正在看对不对得上…</translation>
    </message>
    <message>
        <source>The new passphrase holds from now on.</source>
        <translation>新口令从现在起有效。</translation>
    </message>
    <message>
        <source>Saving the new passphrase…</source>
        <translation>正在保存新口令…</translation>
    </message>
    <message>
        <source>The new recovery code holds from now on.</source>
        <translation>新的恢复码从现在起有效。</translation>
    </message>
    <message>
        <source>Making a new recovery code…</source>
        <translation>正在生成新的恢复码…</translation>
    </message>
    <message>
        <source>Everything is locked with another key now.</source>
        <translation>现在一切都换了新钥匙锁好了。</translation>
    </message>
    <message>
        <source>Making everything anew. With much in it this takes a while…</source>
        <translation>正在用新钥匙重新加密。内容多的话要等一会儿…</translation>
    </message>
    <message>
        <source>Asking the keyring of this computer…</source>
        <translation>正在询问这台电脑的钥匙串…</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>正在删除…</translation>
    </message>
</context>
<context>
    <name>KeysView</name>
    <message>
        <source>Keys of {space}</source>
        <translation>“{space}”的钥匙</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>换口令</translation>
    </message>
    <message>
        <source>When somebody may have seen you type it, or you would like another one.</source>
        <translation>可能有人看见你输入了，或者只是想换一个。</translation>
    </message>
    <message>
        <source>When this passphrase was set, the computer had little free memory, so a guess costs a stranger less than usual. Setting it again with fewer programs open mends that.</source>
        <translation>设这个口令时电脑空闲内存很少，所以陌生人每猜一次花的力气比平常小。少开几个程序，再设一次口令就好。</translation>
    </message>
    <message>
        <source>New recovery code</source>
        <translation>换恢复码</translation>
    </message>
    <message>
        <source>When the note is lost or was seen. The old code opens nothing any more.</source>
        <translation>抄恢复码的纸丢了，或者被人看见了。换了以后，旧的恢复码什么也打不开。</translation>
    </message>
    <message>
        <source>This computer account is only mine: open without the passphrase</source>
        <translation>这个电脑账户只有我用：打开时不用口令</translation>
    </message>
    <message>
        <source>Whoever uses this account then opens your space with one click. The passphrase stays valid; it is asked for whenever the keyring of the computer does not answer.</source>
        <translation>这样一来，用这个账户的人点一下就能打开你的空间。口令依然有效，电脑的钥匙串没有应答时还会问你。</translation>
    </message>
    <message>
        <source>Make everything anew with another key</source>
        <translation>用新钥匙重新加密一切</translation>
    </message>
    <message>
        <source>When the file and the passphrase may be in other hands. Takes a while, and a new recovery code comes with it.</source>
        <translation>文件和口令可能都到了别人手里。要花一点时间，会同时给你新的恢复码。</translation>
    </message>
    <message>
        <source>Delete this space</source>
        <translation>删除这个空间</translation>
    </message>
    <message>
        <source>Everything in it goes, and nothing brings it back.</source>
        <translation>里面的一切都会删掉，找不回来。</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>回到开头</translation>
    </message>
</context>
<context>
    <name>LengthRow</name>
    <message>
        <source>How long do you have?</source>
        <translation>你有多久？</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
</context>
<context>
    <name>LineSuggestions</name>
    <message>
        <source>Add</source>
        <translation>加进来</translation>
    </message>
    <message>
        <source>Add {number} to my plan</source>
        <translation>把 {number} 加进我的计划</translation>
    </message>
    <message>
        <source>From the help lines of your region:</source>
        <translation>你所在地区的求助热线：</translation>
    </message>
    <message>
        <source>Choose your region on the help page (F1); its lines can be added here.</source>
        <translation>在求助页（F1）选好地区后，可以把那里的热线加到这里。</translation>
    </message>
</context>
<context>
    <name>LineView</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the number {number}</source>
        <translation>复制号码 {number}</translation>
    </message>
    <message>
        <source>checked on {date}</source>
        <translation>核对于 {date}</translation>
    </message>
    <message>
        <source>one source</source>
        <translation>仅一个来源</translation>
    </message>
    <message>
        <source>Mandarin</source>
        <translation>普通话</translation>
    </message>
    <message>
        <source>Cantonese</source>
        <translation>粤语</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>ListView</name>
    <message>
        <source>Enter adds; an empty field goes on.</source>
        <translation>按回车添加；空着按回车就到下一步。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Added: {item}</source>
        <translation>已添加：{item}</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>拿走</translation>
    </message>
    <message>
        <source>Take off: {item}</source>
        <translation>拿走：{item}</translation>
    </message>
</context>
<context>
    <name>MarkRow</name>
    <message>
        <source>{word}: no mark</source>
        <translation>{word}：没有打分</translation>
    </message>
    <message>
        <source>{word}: {mark} of 5</source>
        <translation>{word}：{mark} 分，满分 5</translation>
    </message>
    <message>
        <source>Helpful</source>
        <translation>有帮助</translation>
    </message>
    <message>
        <source>Did it help you a little further?</source>
        <translation>有没有帮到你一点？</translation>
    </message>
    <message>
        <source>Natural</source>
        <translation>通顺</translation>
    </message>
    <message>
        <source>Did it read as a person would say it?</source>
        <translation>读起来像人说的话吗？</translation>
    </message>
    <message>
        <source>To the point</source>
        <translation>切题</translation>
    </message>
    <message>
        <source>Was it about what you had said?</source>
        <translation>说的是你说的那件事吗？</translation>
    </message>
    <message>
        <source>Made sense</source>
        <translation>有条理</translation>
    </message>
    <message>
        <source>Did one thing follow from another?</source>
        <translation>前后连得上吗？</translation>
    </message>
</context>
<context>
    <name>MeansTable</name>
    <message>
        <source>no marks</source>
        <translation>没有打分</translation>
    </message>
    <message>
        <source>{mean} (n = {count})</source>
        <translation>{mean}（n = {count}）</translation>
    </message>
    <message>
        <source>Helpful</source>
        <translation>有帮助</translation>
    </message>
    <message>
        <source>Natural</source>
        <translation>通顺</translation>
    </message>
    <message>
        <source>To the point</source>
        <translation>切题</translation>
    </message>
    <message>
        <source>Made sense</source>
        <translation>有条理</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>in use by others: {size}</source>
        <translation>别的程序在用：{size}</translation>
    </message>
    <message>
        <source>rest of PsyLite: {size}</source>
        <translation>PsyLite 其余部分：{size}</translation>
    </message>
    <message>
        <source>this model: {size}</source>
        <translation>这个模型：{size}</translation>
    </message>
    <message>
        <source>stays free: {size}</source>
        <translation>还空着：{size}</translation>
    </message>
    <message>
        <source>Memory of this computer</source>
        <translation>这台电脑的内存</translation>
    </message>
</context>
<context>
    <name>MemoryPage</name>
    <message>
        <source>What I remember</source>
        <translation>我记得的</translation>
    </message>
    <message>
        <source>You are here as a guest: what is kept here goes when you leave.</source>
        <translation>你现在是访客：这里记下的，离开时就没有了。</translation>
    </message>
    <message>
        <source>Only what you said yes to, in your encrypted space on this computer. A note goes by itself after 90 days unless you pin it.</source>
        <translation>只有你点过头的，存在这台电脑上你的加密空间里。每一条 90 天后自己消失，除非你把它固定住。</translation>
    </message>
    <message>
        <source>Remember between talks</source>
        <translation>在几次聊天之间记住一些事</translation>
    </message>
    <message>
        <source>Something I should know next time</source>
        <translation>下次聊天时，希望我知道的一件事</translation>
    </message>
    <message>
        <source>Enter keeps it.</source>
        <translation>回车记下。</translation>
    </message>
    <message>
        <source>Remember this</source>
        <translation>记下来</translation>
    </message>
    <message>
        <source>Nothing is kept yet. What matters to you can be written above.</source>
        <translation>现在什么都还没有记。对你重要的事，可以写在上面。</translation>
    </message>
    <message>
        <source>Write something</source>
        <translation>写一条</translation>
    </message>
    <message>
        <source>Memory is off: every talk begins anew.</source>
        <translation>记忆关着：每次聊天都从头开始。</translation>
    </message>
    <message>
        <source>Switch it on</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>A note holds {count} characters. Can it be shorter?</source>
        <translation>一条最多 {count} 个字，可以短一点吗？</translation>
    </message>
    <message>
        <source>Forgotten.</source>
        <translation>忘掉了。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>All notes are forgotten.</source>
        <translation>全都忘掉了。</translation>
    </message>
</context>
<context>
    <name>MessageModel</name>
    <message>
        <source>version {number} of {count}</source>
        <translation>第 {number} 版，共 {count} 版</translation>
    </message>
    <message>
        <source>a small practice model</source>
        <translation>练习用的小模型</translation>
    </message>
    <message>
        <source>crisis text, written beforehand</source>
        <translation>事先写好的危机回应</translation>
    </message>
    <message>
        <source>a language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>written reply</source>
        <translation>事先写好的回复</translation>
    </message>
    <message>
        <source>{source} · stopped</source>
        <translation>{source} · 没写完</translation>
    </message>
    <message>
        <source>You: {text}</source>
        <translation>你：{text}</translation>
    </message>
    <message>
        <source>Reply: {text}</source>
        <translation>回复：{text}</translation>
    </message>
</context>
<context>
    <name>MessageView</name>
    <message>
        <source>Your message</source>
        <translation>你说的话</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Press Enter on a message to open it as text.</source>
        <translation>在一条消息上按回车，可以把它作为文本打开。</translation>
    </message>
    <message>
        <source>Alt with the left or right arrow shows its other versions.</source>
        <translation>按住 Alt 再按左右方向键，可以看它的其他版本。</translation>
    </message>
    <message>
        <source>New text below</source>
        <translation>下面有新内容</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Open as text</source>
        <translation>作为文本打开</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Edit, and go on from here</source>
        <translation>改一改，从这里接着聊</translation>
    </message>
    <message>
        <source>Another reply</source>
        <translation>换一个回复</translation>
    </message>
    <message>
        <source>Rate this reply</source>
        <translation>给这条回复打分</translation>
    </message>
    <message>
        <source>Earlier version</source>
        <translation>前一版</translation>
    </message>
    <message>
        <source>Later version</source>
        <translation>后一版</translation>
    </message>
</context>
<context>
    <name>MirrorPanel</name>
    <message>
        <source>Reading your page…</source>
        <translation>正在读这一页……</translation>
    </message>
    <message>
        <source>What I read in this page</source>
        <translation>这一页里读到的</translation>
    </message>
    <message>
        <source>A program read this, by words alone. Each line stands on sentences of yours; what is off, you can say so.</source>
        <translation>这是程序只凭字句读出来的。每一行都有你的原话作依据；哪里不是这样，你可以说。</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>写的是什么</translation>
    </message>
    <message>
        <source>How it sounds</source>
        <translation>语气</translation>
    </message>
    <message>
        <source>What comes again</source>
        <translation>反复出现的</translation>
    </message>
    <message>
        <source>Habits of thought, perhaps</source>
        <translation>也许有的思维习惯</translation>
    </message>
    <message>
        <source>On one earlier page too</source>
        <translation>前面有一页也写过</translation>
    </message>
    <message>
        <source>On {count} earlier pages too</source>
        <translation>前面有 {count} 页也写过</translation>
    </message>
    <message>
        <source>More than once on this page</source>
        <translation>在这一页里不止一次</translation>
    </message>
    <message>
        <source>Thank you. I will not say this about these words again.</source>
        <translation>谢谢你。对这些话，我不会再这样说了。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Load it anyway, as a trial</source>
        <translation>照样装载，先试运行</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试运行</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>用这个</translation>
    </message>
    <message>
        <source>Unload now</source>
        <translation>现在卸下</translation>
    </message>
    <message>
        <source>Find the fastest settings</source>
        <translation>找出最快的设置</translation>
    </message>
    <message>
        <source>Try it again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Only where it fits</source>
        <translation>装得下时才装载</translation>
    </message>
    <message>
        <source>Less about it</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>More about it</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表去掉</translation>
    </message>
    <message>
        <source>In use; the engine takes {size} of memory now.</source>
        <translation>正在用；引擎现在占 {size} 内存。</translation>
    </message>
    <message>
        <source>In use; it is loaded with your next message.</source>
        <translation>正在用；你下次发消息时装载。</translation>
    </message>
    <message>
        <source>Came with PsyLite. It is very small: good to see how a model works here, but many of its sentences make no sense, and it writes Chinese only.</source>
        <translation>随 PsyLite 附带。它很小：可以看看模型在这里怎么工作，但写的句子常常不通，也只会写中文。</translation>
    </message>
    <message>
        <source>Tried here: a short reply takes about {seconds} s ({count} tokens a second).</source>
        <translation>在这里试过：一段短的回答大约 {seconds} 秒（每秒 {count} 个词元）。</translation>
    </message>
    <message>
        <source>The file changed since its trial, so it is not used until it is tried.</source>
        <translation>文件在试运行之后变了，再试一次之前不会用它。</translation>
    </message>
    <message>
        <source>Not tried yet, so it is not used yet.</source>
        <translation>还没试运行过，所以还没有用上。</translation>
    </message>
    <message>
        <source>It can be loaded anyway. It is then read from the disk over and over: an answer may take minutes, the computer becomes slow, and the system may end the engine. What you wrote is safe in any case.</source>
        <translation>可以照样装载。那样它要反复从硬盘读：一次回答可能要几分钟，电脑会变慢，系统也可能把引擎关掉。不管怎样，你写的东西都不会丢。</translation>
    </message>
    <message>
        <source>In its trial it answered: “{reply}”
It read {read} and wrote {write} tokens a second and took {taken} of memory; {expected} were expected.</source>
        <translation>试运行时它回答：“{reply}”
每秒读 {read} 个、写 {write} 个词元，用了 {taken} 内存，预计是 {expected}。</translation>
    </message>
</context>
<context>
    <name>ModelEditor</name>
    <message>
        <source>Written replies (no model)</source>
        <translation>写好的回复（不用模型）</translation>
    </message>
    <message>
        <source>Rules choose among sentences written beforehand, by what you write. They make sense, but they are limited and sometimes miss the point. A bigger model talks more freely; it is brought on the page Models.</source>
        <translation>没有模型在写：按你写的内容，由规则从写好的句子里挑选。句子是通顺的，但数量有限，有时会对不上你的意思。想聊得更自由，可以在“模型”页带一个大一些的模型来。</translation>
    </message>
    <message>
        <source>The practice model is very small: it shows how a model works here, but many of its sentences make no sense, and it writes Chinese only. Written replies or a bigger model are better to talk with.</source>
        <translation>练习模型很小：可以看看模型在这里怎么工作，但它写的句子常常不通，也只会写中文。想好好聊聊，用写好的回复或大一些的模型更好。</translation>
    </message>
    <message>
        <source>{model}: cannot be used</source>
        <translation>{model}：用不了</translation>
    </message>
    <message>
        <source>{model}: try it first, on the page Models</source>
        <translation>{model}：先到“模型”页试运行一次</translation>
    </message>
    <message>
        <source>{model} (practice model)</source>
        <translation>{model}（练习模型）</translation>
    </message>
</context>
<context>
    <name>ModelRemover</name>
    <message>
        <source>{model} is off the list; the file stays where it is.</source>
        <translation>{model} 已经从列表里去掉，文件还在原处。</translation>
    </message>
    <message>
        <source>{model} is deleted when you leave this page.</source>
        <translation>你离开这一页时，{model} 就会删掉。</translation>
    </message>
</context>
<context>
    <name>ModelWork</name>
    <message>
        <source>Say hello in one short sentence.</source>
        <translation>用一句短话打个招呼。</translation>
    </message>
    <message>
        <source>Getting ready to copy</source>
        <translation>准备复制</translation>
    </message>
    <message>
        <source>Getting ready for the trial</source>
        <translation>准备试运行</translation>
    </message>
    <message>
        <source>Getting ready to measure</source>
        <translation>准备测量</translation>
    </message>
    <message>
        <source>Copying: {done} of {total}</source>
        <translation>正在复制：{total} 里的 {done}</translation>
    </message>
    <message>
        <source>Checking what is here already</source>
        <translation>正在核对已经在这里的部分</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>正在复制</translation>
    </message>
    <message>
        <source>Reading the copy back and checking it</source>
        <translation>正在把复制好的读回来核对</translation>
    </message>
    <message>
        <source>Trial: loading the model</source>
        <translation>试运行：装载模型</translation>
    </message>
    <message>
        <source>Trial: reading a few words</source>
        <translation>试运行：读几个字</translation>
    </message>
    <message>
        <source>Trial: writing a short answer</source>
        <translation>试运行：写一句短的回答</translation>
    </message>
    <message>
        <source>Measuring; this takes about a minute, and everything else is slower</source>
        <translation>正在测量，大约一分钟，这期间别的都会慢一些</translation>
    </message>
    <message>
        <source>This file was here already, byte for byte.</source>
        <translation>这个文件早就在这里了，一个字节都不差。</translation>
    </message>
    <message>
        <source>The file had changed since the last attempt, so it was copied anew.</source>
        <translation>上一次之后文件变过，所以从头复制了一遍。</translation>
    </message>
    <message>
        <source>Copied and read back. Nobody says what its SHA-256 should be; it stands under “More about it”, to be compared with the publisher&apos;s.</source>
        <translation>复制好并读回核对过了。没有地方写着它的 SHA-256 应当是多少；算出来的写在“更多”里，可以和发布者的对一对。</translation>
    </message>
    <message>
        <source>Copied and read back; its SHA-256 is the expected one.</source>
        <translation>复制好并读回核对过了，SHA-256 和预期的一样。</translation>
    </message>
    <message>
        <source>Copied and read back; its SHA-256 is not the expected one.</source>
        <translation>复制好并读回核对过了，SHA-256 和预期的不一样。</translation>
    </message>
    <message>
        <source>The trial went well: it loads, answers, writes about {speed} tokens a second and takes {size} of memory.</source>
        <translation>试运行顺利：能装载，能回答，每秒大约写 {speed} 个词元，用 {size} 内存。</translation>
    </message>
    <message>
        <source>Measured and kept: it reads about {read} and writes about {write} tokens a second, with {readers} and {writers} threads.</source>
        <translation>量好并记下了：每秒大约读 {read} 个、写 {write} 个词元，分别用 {readers} 个和 {writers} 个线程。</translation>
    </message>
    <message>
        <source>Stopped. What is copied already is kept, and it can go on.</source>
        <translation>停下了。已经复制的部分还在，可以接着来。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}：{reason}</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Fits</source>
        <translation>装得下</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>有点紧</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>装不下</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>不能用</translation>
    </message>
    <message>
        <source>The model takes about {model} and the rest of PsyLite {rest}. Of {total} in this computer {free} are free now, so about {left} stay free.</source>
        <translation>模型大约用 {model}，PsyLite 其余部分用 {rest}。这台电脑有 {total} 内存，现在空着 {free}，之后大约还空 {left}。</translation>
    </message>
    <message>
        <source>The model takes about {model} and the rest of PsyLite {rest}. Of {total} in this computer {free} are free now: it goes, but other programs may become slow.</source>
        <translation>模型大约用 {model}，PsyLite 其余部分用 {rest}。这台电脑有 {total} 内存，现在空着 {free}：能用，但别的程序可能变慢。</translation>
    </message>
    <message>
        <source>The model takes about {model} and the rest of PsyLite {rest}. Of {total} in this computer only {free} are free now: about {missing} are missing.</source>
        <translation>模型大约用 {model}，PsyLite 其余部分用 {rest}。这台电脑有 {total} 内存，现在只空着 {free}：大约还差 {missing}。</translation>
    </message>
    <message>
        <source>Of {total} of memory in this computer {free} are free now.</source>
        <translation>这台电脑有 {total} 内存，现在空着 {free}。</translation>
    </message>
    <message>
        <source>Needs about {model}, with the rest of PsyLite {needed}.</source>
        <translation>大约需要 {model}，连 PsyLite 其余部分一共 {needed}。</translation>
    </message>
    <message>
        <source>Needs about {model}, with the rest of PsyLite {needed}: other programs may become slow.</source>
        <translation>大约需要 {model}，连 PsyLite 其余部分一共 {needed}：别的程序可能变慢。</translation>
    </message>
    <message>
        <source>Needs about {model}, with the rest of PsyLite {needed}: about {missing} are missing.</source>
        <translation>大约需要 {model}，连 PsyLite 其余部分一共 {needed}：还差大约 {missing}。</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count}参数</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>not said in the file</source>
        <translation>文件里没写</translation>
    </message>
    <message>
        <source>Name in the file</source>
        <translation>文件里的名字</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Thinking aloud</source>
        <translation>出声思考</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>{most} tokens as trained, {used} used here</source>
        <translation>训练时 {most} 个词元，这里用 {used} 个</translation>
    </message>
    <message>
        <source>brings its own, which is never run; PsyLite uses {format}</source>
        <translation>自带一份，但从不运行；PsyLite 用 {format}</translation>
    </message>
    <message>
        <source>brings none; PsyLite uses {format}</source>
        <translation>没有自带；PsyLite 用 {format}</translation>
    </message>
    <message>
        <source>can; its thoughts stay folded, are cut short and not kept</source>
        <translation>会；想的内容折叠起来，太长就截断，不保存</translation>
    </message>
    <message>
        <source>{licence} ({note})</source>
        <translation>{licence}（{note}）</translation>
    </message>
    <message>
        <source>does not</source>
        <translation>不会</translation>
    </message>
    <message>
        <source>the counts in its first bytes</source>
        <translation>开头几个字节里的计数</translation>
    </message>
    <message>
        <source>a name in its header</source>
        <translation>文件头里的一个名称</translation>
    </message>
    <message>
        <source>a fact that its header must have is missing</source>
        <translation>文件头里少了一项必须有的内容</translation>
    </message>
    <message>
        <source>a number in its header</source>
        <translation>文件头里的一个数字</translation>
    </message>
    <message>
        <source>a value in its header</source>
        <translation>文件头里的一个值</translation>
    </message>
    <message>
        <source>a text in its header</source>
        <translation>文件头里的一段文字</translation>
    </message>
    <message>
        <source>the size of its header</source>
        <translation>文件头的大小</translation>
    </message>
    <message>
        <source>its vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>the list of its weights</source>
        <translation>权重的清单</translation>
    </message>
    <message>
        <source>the places of its weights</source>
        <translation>权重的位置</translation>
    </message>
    <message>
        <source>Where: {where}.</source>
        <translation>坏在：{where}。</translation>
    </message>
    <message>
        <source>It has {size} and should have {needed}.</source>
        <translation>现在有 {size}，应当有 {needed}。</translation>
    </message>
    <message>
        <source>The file says: {name}.</source>
        <translation>文件里写的是：{name}。</translation>
    </message>
    <message>
        <source>It is one of several parts; join them first.</source>
        <translation>它是分成几份的模型里的一份，要先合并。</translation>
    </message>
    <message>
        <source>Its weights are stored in a form that is not known here.</source>
        <translation>它的权重用了这里不认识的存法。</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>A language model is one large file. It runs on this computer alone, and nobody needs one: replies are written beforehand until you choose one. Which one is good depends on the memory that is free.</source>
        <translation>语言模型是一个很大的文件，只在这台电脑上运行。没有它也行：在你选定一个之前，回复都用事先写好的。用哪个好，要看空着的内存有多少。</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>这台电脑上</translation>
    </message>
    <message>
        <source>There is no model here yet. Bring one, or go on without.</source>
        <translation>这里还没有模型。可以带一个来，也可以不用。</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}：{reason}</translation>
    </message>
    <message>
        <source>It is on the list now. Try it before you use it.</source>
        <translation>已经加进列表。用之前先试运行一次。</translation>
    </message>
    <message>
        <source>Keep it all the same</source>
        <translation>照样留下</translation>
    </message>
    <message>
        <source>Replies are written beforehand from now on.</source>
        <translation>从现在起，用写好的回复。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>MonthCalendar</name>
    <message>
        <source>Month by month</source>
        <translation>每月日历</translation>
    </message>
    <message>
        <source>{month}. One cell a day; its colour and face are the mean mood of the day.</source>
        <translation>{month}。一格是一天，颜色和表情是那天的平均心情。</translation>
    </message>
    <message>
        <source>{month}: nothing noted; an open calendar is fine.</source>
        <translation>{month}：没有记录，空着也没关系。</translation>
    </message>
    <message>
        <source>{month}: one day noted, {mood}.</source>
        <translation>{month}：记了一天，{mood}。</translation>
    </message>
    <message>
        <source>{month}: {count} days noted, mean mood {mean} of 5, closest to “{mood}”.</source>
        <translation>{month}：记了 {count} 天，平均心情 {mean}（1 到 5），最接近“{mood}”。</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>下个月</translation>
    </message>
</context>
<context>
    <name>MoodLegend</name>
    <message>
        <source>added later</source>
        <translation>后来补记</translation>
    </message>
</context>
<context>
    <name>MoodLineChart</name>
    <message>
        <source>Mood over time</source>
        <translation>心情的变化</translation>
    </message>
    <message>
        <source>The line is the mean of the days noted in the last 7, 1 to 5; it stays open where no day was noted. Over so long a time, marks for single days are left out.</source>
        <translation>线是最近 7 天里有记录的日子的平均，1 到 5；没记的日子就空着。时间太长，就不画每一天的点了。</translation>
    </message>
    <message>
        <source>A mark is the mean of a day, 1 to 5 (hollow: added later). The line is the mean of the days noted in the last 7; it stays open where no day was noted.</source>
        <translation>一个点是一天的平均心情，1 到 5（空心：后来补记）。线是最近 7 天里有记录的日子的平均；没记的日子就空着。</translation>
    </message>
    <message>
        <source>{count} days noted; their mean is {mean} of 5, closest to “{mood}”.</source>
        <translation>记了 {count} 天，平均 {mean}（1 到 5），最接近“{mood}”。</translation>
    </message>
    <message>
        <source>{count} days noted, mean {mean} of 5, closest to “{mood}”; the line ends about where it began ({last}).</source>
        <translation>记了 {count} 天，平均 {mean}（1 到 5），最接近“{mood}”；线的末尾和开头差不多（{last}）。</translation>
    </message>
    <message>
        <source>{count} days noted, mean {mean} of 5, closest to “{mood}”; the line ends higher than it began ({first}, now {last}).</source>
        <translation>记了 {count} 天，平均 {mean}（1 到 5），最接近“{mood}”；线的末尾比开头高一些（开头 {first}，现在 {last}）。</translation>
    </message>
    <message>
        <source>{count} days noted, mean {mean} of 5, closest to “{mood}”; the line ends lower than it began ({first}, now {last}).</source>
        <translation>记了 {count} 天，平均 {mean}（1 到 5），最接近“{mood}”；线的末尾比开头低一些（开头 {first}，现在 {last}）。</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>心情</translation>
    </message>
    <message>
        <source>Check-ins</source>
        <translation>心情记录</translation>
    </message>
    <message>
        <source>7-day mean</source>
        <translation>7 天平均</translation>
    </message>
    <message>
        <source>Arrow keys read one day after the other.</source>
        <translation>方向键可以一天天地读。</translation>
    </message>
    <message>
        <source>{day}: {mean}; 7-day mean {trend}</source>
        <translation>{day}：{mean}；7 天平均 {trend}</translation>
    </message>
    <message>
        <source>{day}: {mean}</source>
        <translation>{day}：{mean}</translation>
    </message>
    <message>
        <source>{text}; added later</source>
        <translation>{text}；后来补记</translation>
    </message>
    <message>
        <source>{count} (added later)</source>
        <translation>{count}（后来补记）</translation>
    </message>
</context>
<context>
    <name>MoodsView</name>
    <message>
        <source>Which mood stands for which?</source>
        <translation>这些心情各对应哪一种？</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name}（{count}）</translation>
    </message>
    <message>
        <source>Mood for {name}</source>
        <translation>{name} 对应的心情</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>不导入</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁上</translation>
    </message>
    <message>
        <source>Lock (Ctrl+L). F9 hides the window behind a calendar.</source>
        <translation>锁定（Ctrl+L）。F9 用日历挡住窗口。</translation>
    </message>
    <message>
        <source>{name} ({keys})</source>
        <translation>{name}（{keys}）</translation>
    </message>
</context>
<context>
    <name>NewPassphraseView</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>再输一遍</translation>
    </message>
    <message>
        <source>This computer has little free memory, so a guess costs a stranger less than usual. A longer passphrase makes up for it.</source>
        <translation>这台电脑空闲内存很少，陌生人每猜一次花的力气比平常小。口令长一点就能补上。</translation>
    </message>
    <message>
        <source>A space of your own</source>
        <translation>一个只属于你的空间</translation>
    </message>
    <message>
        <source>Choose a passphrase that only you know: a sentence is better than a word. Nobody can look it up or reset it for you, so you will get a recovery code next.</source>
        <translation>想一个只有你知道的口令，一句话比一个词好。没有人能替你查到或重设它，所以下一步会给你一个恢复码。</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>建好它</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Choose a new passphrase</source>
        <translation>换一个新口令</translation>
    </message>
    <message>
        <source>The code fits. Your recovery code stays the same, so keep it.</source>
        <translation>恢复码对上了。恢复码不变，请继续收好。</translation>
    </message>
    <message>
        <source>Save and go on</source>
        <translation>保存并继续</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>先不换</translation>
    </message>
    <message>
        <source>The old one opens nothing here any more. Your recovery code stays the same. Copies of the file made before still open with the old one.</source>
        <translation>旧口令在这里什么也打不开了，恢复码不变。以前复制出去的文件，仍然能用旧口令打开。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Everything anew</source>
        <translation>一切重新加密</translation>
    </message>
    <message>
        <source>Everything is locked with another key, and what somebody may have noted down or guessed opens nothing that you write from now on. Choose a passphrase that nobody has seen; a new recovery code comes next. Copies made before still open as they did.</source>
        <translation>一切都换一把新钥匙锁上，别人记下或猜到的东西，打不开你今后写的内容。想一个没有人见过的口令，接着会给你新的恢复码。以前复制出去的文件还是照旧能打开。</translation>
    </message>
    <message>
        <source>Make everything anew</source>
        <translation>重新加密</translation>
    </message>
    <message>
        <source>The two are not the same. Type the second one again.</source>
        <translation>两次输入的不一样，请把第二遍重新输入。</translation>
    </message>
</context>
<context>
    <name>NoteCard</name>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘掉</translation>
    </message>
    <message>
        <source>stays until you forget it</source>
        <translation>一直留着，直到你忘掉它</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>留到{day}</translation>
    </message>
</context>
<context>
    <name>NoteSection</name>
    <message>
        <source>Show older ones</source>
        <translation>看更早的</translation>
    </message>
</context>
<context>
    <name>OffTheRecordBar</name>
    <message>
        <source>Off the record</source>
        <translation>不留记录</translation>
    </message>
    <message>
        <source>Nothing of this talk is kept. Can be chosen before the first message.</source>
        <translation>这次聊天什么都不留。只能在第一句话之前选。</translation>
    </message>
    <message>
        <source>Off the record: nothing of this talk goes into history or memory. It is gone when you begin another one, lock or close. If I hear danger, that alone stays known, so that help stays near.</source>
        <translation>不留记录：这次聊天不进历史，也不进记忆；换一次对话、锁上或关掉，它就没有了。只有一样会留着：如果听到有危险，这一点会记住，好让帮助一直在旁边。</translation>
    </message>
</context>
<context>
    <name>OfferLine</name>
    <message>
        <source>{model} (is here)</source>
        <translation>{model}（已经在这里）</translation>
    </message>
    <message>
        <source>Licence: {licence}. File: {file}</source>
        <translation>许可：{licence}。文件：{file}</translation>
    </message>
</context>
<context>
    <name>OffersView</name>
    <message>
        <source>Models worth bringing</source>
        <translation>值得带来的模型</translation>
    </message>
    <message>
        <source>PsyLite never downloads anything. On a computer that may go online, get the file from whoever publishes the model, put it on a USB stick, and bring it in with the button above. A file of another name works, too, if it is a GGUF model of one of these kinds.</source>
        <translation>PsyLite 从不下载任何东西。在能上网的电脑上，从发布模型的地方取到文件，放进 U 盘，再用上面的按钮带进来。名字不一样也行，只要是这几类 GGUF 模型。</translation>
    </message>
    <message>
        <source>Hide the list</source>
        <translation>收起清单</translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>看清单</translation>
    </message>
</context>
<context>
    <name>OpeningView</name>
    <message>
        <source>Good that you are here. Begin wherever you like.</source>
        <translation>你来了，真好。从哪里说起都可以。</translation>
    </message>
    <message>
        <source>Something has been on my mind</source>
        <translation>有件事一直放不下</translation>
    </message>
    <message>
        <source>I am tired and just want to talk</source>
        <translation>有点累，想随便说说</translation>
    </message>
    <message>
        <source>I do not know where to begin</source>
        <translation>不知道从哪里说起</translation>
    </message>
    <message>
        <source>Puts this into your message</source>
        <translation>把这句话放进输入框</translation>
    </message>
</context>
<context>
    <name>OverviewView</name>
    <message>
        <source>Good that you are here. Earlier days are all still there.</source>
        <translation>你来了就好。以前的日子都还在。</translation>
    </message>
    <message>
        <source>Check-ins on {count} of the last {days} days; mean mood {mean} of 5, closest to “{mood}”.</source>
        <translation>最近 {days} 天里有 {count} 天记了心情，平均 {mean}（1 到 5），最接近“{mood}”。</translation>
    </message>
</context>
<context>
    <name>PageBin</name>
    <message>
        <source>Deleted pages</source>
        <translation>删掉的</translation>
    </message>
    <message>
        <source>They can be brought back for {days} days; then they are erased. Breaks of more than ten days from the app do not count, so that a wrong clock empties nothing.</source>
        <translation>{days} 天内都能拿回来，之后就彻底擦掉。连续十天以上没打开应用的日子不算在内，这样电脑时钟出错也不会清空这里。</translation>
    </message>
    <message>
        <source>Words of this page</source>
        <translation>这一页写的</translation>
    </message>
    <message>
        <source>Nothing here. Deleted pages stay here for a while before they are erased.</source>
        <translation>这里是空的。删掉的会先在这里放一阵，再彻底擦掉。</translation>
    </message>
    <message>
        <source>Back to your pages</source>
        <translation>回到写过的</translation>
    </message>
    <message>
        <source>An empty page</source>
        <translation>空白的一页</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M 月 d 日</translation>
    </message>
    <message>
        <source>{page} · deleted {day}</source>
        <translation>{page} · {day}删的</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>About suggestions</source>
        <translation>关于建议</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>聊聊</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>记心情</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写一写</translation>
    </message>
    <message>
        <source>Exercises</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Insights</source>
        <translation>看变化</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>量表</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>以前</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>How replies did</source>
        <translation>回复得怎么样</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Help now</source>
        <translation>马上求助</translation>
    </message>
    <message>
        <source>My plan</source>
        <translation>我的计划</translation>
    </message>
    <message>
        <source>How I listen for danger</source>
        <translation>我怎样留意危险</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Bring in</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Calendar file</source>
        <translation>日历文件</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
</context>
<context>
    <name>PaperView</name>
    <message>
        <source>{part}, {low} to {high}</source>
        <translation>{part}，{low} 到 {high}</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>记下来</translation>
    </message>
    <message>
        <source>{part}: a whole number from {low} to {high}, please.</source>
        <translation>{part}：请填 {low} 到 {high} 之间的整数。</translation>
    </message>
</context>
<context>
    <name>PartView</name>
    <message>
        <source>This is worth talking about with someone: your parents, a teacher you trust, or the school&apos;s counselor.</source>
        <translation>这值得和人聊一聊：爸妈、信得过的老师，或者学校的心理老师。</translation>
    </message>
    <message>
        <source>One score says little. If things feel heavy all the same, tell someone you trust.</source>
        <translation>一次分数说明不了多少。要是心里还是很沉，就告诉一个信得过的人。</translation>
    </message>
    <message>
        <source>The same as on {day}.</source>
        <translation>和 {day} 一样。</translation>
    </message>
    <message>
        <source>One point more than on {day}.</source>
        <translation>比 {day} 多 1 分。</translation>
    </message>
    <message>
        <source>One point less than on {day}.</source>
        <translation>比 {day} 少 1 分。</translation>
    </message>
    <message>
        <source>{count} points more than on {day}.</source>
        <translation>比 {day} 多 {count} 分。</translation>
    </message>
    <message>
        <source>{count} points less than on {day}.</source>
        <translation>比 {day} 少 {count} 分。</translation>
    </message>
    <message>
        <source>Less than {count} points can be chance.</source>
        <translation>相差不到 {count} 分，可能只是碰巧。</translation>
    </message>
    <message>
        <source>That is more than chance, and for the better.</source>
        <translation>这不只是碰巧，是在变好。</translation>
    </message>
    <message>
        <source>That is more than chance, and heavier than before.</source>
        <translation>这不只是碰巧，比上次更重了。</translation>
    </message>
</context>
<context>
    <name>PassphraseView</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Keys of this space</source>
        <translation>这个空间的钥匙</translation>
    </message>
    <message>
        <source>I forgot it</source>
        <translation>忘记口令了</translation>
    </message>
</context>
<context>
    <name>PatternChart</name>
    <message>
        <source>Too few are known well enough to set them side by side.</source>
        <translation>有足够记录的还太少，先不放在一起比。</translation>
    </message>
    <message>
        <source>They are much alike, between {low_mean} and {high_mean} of 5.</source>
        <translation>它们都差不多，平均在 {low_mean} 到 {high_mean} 之间（1 到 5）。</translation>
    </message>
    <message>
        <source>Highest on average: {high}, {high_mean} of 5 (n = {high_n}); lowest: {low}, {low_mean} (n = {low_n}).</source>
        <translation>平均最高的是{high}，{high_mean}（n = {high_n}）；最低的是{low}，{low_mean}（n = {low_n}）。</translation>
    </message>
    <message>
        <source>Mean mood</source>
        <translation>平均心情</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>心情</translation>
    </message>
    <message>
        <source>{name}: {mean} of 5, n = {count}</source>
        <translation>{name}：{mean}（1 到 5），n = {count}</translation>
    </message>
    <message>
        <source>Arrow keys read one bar after the other.</source>
        <translation>方向键可以一条条地读。</translation>
    </message>
</context>
<context>
    <name>PauseLine</name>
    <message>
        <source>A short pause after wrong ones. You can try again in {count} s.</source>
        <translation>输错几次，先歇一歇，{count} 秒后可以再试。</translation>
    </message>
</context>
<context>
    <name>PeopleView</name>
    <message>
        <source>People I can ask</source>
        <translation>我可以找的人</translation>
    </message>
</context>
<context>
    <name>PeriodPicker</name>
    <message>
        <source>The charts below look back over:</source>
        <translation>下面的图看多久以来的：</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 天</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Look back: {period}</source>
        <translation>看多久：{period}</translation>
    </message>
</context>
<context>
    <name>PlacesCard</name>
    <message>
        <source>You are here as a guest: what you write lives in memory and is gone when you lock. The spaces below belong to others.</source>
        <translation>你现在是访客：写的内容只在内存里，锁上就没有了。下面的空间是别人的。</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>还没有东西</translation>
    </message>
    <message>
        <source>{place} · {size}</source>
        <translation>{place} · {size}</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>In danger now: {number}</source>
        <translation>现在有危险：{number}</translation>
    </message>
    <message>
        <source>To talk to a person: {number} ({name})</source>
        <translation>想找人说说：{number}（{name}）</translation>
    </message>
    <message>
        <source>You are here as a guest: the plan goes when you leave.</source>
        <translation>你是以访客身份来的：离开后这份计划就没有了。</translation>
    </message>
    <message>
        <source>Kept as you write, in your encrypted space on this computer.</source>
        <translation>边写边存，存在这台电脑上你加密的空间里。</translation>
    </message>
</context>
<context>
    <name>PlayerView</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Leave, and keep it</source>
        <translation>先离开，内容留着</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>做完了</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Before you begin: how heavy does it feel right now?</source>
        <translation>开始之前：这会儿心里有多沉？</translation>
    </message>
    <message>
        <source>And now: how heavy does it feel?</source>
        <translation>现在呢，心里有多沉？</translation>
    </message>
    <message>
        <source>Ctrl+Enter goes on.</source>
        <translation>按 Ctrl+回车到下一步。</translation>
    </message>
    <message>
        <source>Enter goes on. This one may stay empty.</source>
        <translation>按回车到下一步，这一步可以空着。</translation>
    </message>
    <message>
        <source>Enter goes on.</source>
        <translation>按回车到下一步。</translation>
    </message>
    <message>
        <source>Enter adds; an empty field goes on.</source>
        <translation>按回车添加；空着按回车就到下一步。</translation>
    </message>
    <message>
        <source>Arrow keys choose, Enter goes on.</source>
        <translation>方向键选，回车到下一步。</translation>
    </message>
    <message>
        <source>Arrow keys or a digit; you may also simply go on.</source>
        <translation>用方向键或者按数字；不打分也可以直接往下走。</translation>
    </message>
    <message>
        <source>light</source>
        <translation>很轻</translation>
    </message>
    <message>
        <source>as heavy as it gets</source>
        <translation>沉到底了</translation>
    </message>
    <message>
        <source>A word or two is enough here.</source>
        <translation>写一两个字就够。</translation>
    </message>
    <message>
        <source>That&apos;s the time. Go on when you like.</source>
        <translation>时间到了，想往下走的时候再走。</translation>
    </message>
</context>
<context>
    <name>Privacy</name>
    <message>
        <source>Your space, and other spaces here</source>
        <translation>你的空间，和这里的其他空间</translation>
    </message>
    <message>
        <source>Settings of the program</source>
        <translation>程序的设置</translation>
    </message>
    <message>
        <source>Models you brought</source>
        <translation>你带来的模型</translation>
    </message>
    <message>
        <source>Index of the shipped texts</source>
        <translation>自带文章的索引</translation>
    </message>
    <message>
        <source>Language, look, region, which model. Not encrypted, because it is needed before you unlock; nothing you wrote is in it.</source>
        <translation>语言、外观、地区、用哪个模型。没有加密，因为解锁之前就要用到；里面没有你写的内容。</translation>
    </message>
    <message>
        <source>Not encrypted. They know nothing of you and learn nothing from you.</source>
        <translation>没有加密。它们不知道你的事，也不会从你这里学东西。</translation>
    </message>
    <message>
        <source>Not encrypted. Made from texts that came with the program, not from yours.</source>
        <translation>没有加密。由程序自带的文章生成，不含你写的内容。</translation>
    </message>
    <message>
        <source>What was measured of models</source>
        <translation>对模型的测量结果</translation>
    </message>
    <message>
        <source>Texts of the program</source>
        <translation>程序自带的内容</translation>
    </message>
    <message>
        <source>Everything you write: conversations, journal, check-ins, exercises, scales, plan, memory, drafts, and the search over it. One encrypted file a space (SQLCipher, AES-256); its key is wrapped by your passphrase (Argon2id) and your recovery code. In clear beside it: only steps of your plan that you chose to have shown before unlocking, if you chose any.</source>
        <translation>你写的一切：谈话、日记、心情记录、练习、量表、计划、记忆、草稿，还有它们的搜索索引。每个空间一个加密文件（SQLCipher，AES-256），钥匙由你的口令（Argon2id）和恢复码保护。旁边不加密的只有一样：计划里你自己选了在解锁之前显示的那几步；没有选，就没有。</translation>
    </message>
    <message>
        <source>Not encrypted. How fast and how large models are here, and the program&apos;s own first words to them, read beforehand. Nothing you wrote.</source>
        <translation>没有加密。里面是模型在这台电脑上有多快、占多少内存，以及程序自带的、事先读过的开场提示。没有你写的任何内容。</translation>
    </message>
    <message>
        <source>Exercises, rules, pictures: the same for everybody.</source>
        <translation>练习、规则、图片，每个人的都一样。</translation>
    </message>
    <message>
        <source>Without your passphrase or your recovery code nobody opens your space, we neither. Each guess costs time and memory on purpose. The keyring of this computer is asked only if you switch that on.</source>
        <translation>没有你的口令或恢复码，谁也打不开你的空间，我们也不行。每猜一次都要花时间和内存，这是有意的。只有你自己打开那个开关，才会用到这台电脑的钥匙串。</translation>
    </message>
    <message>
        <source>F9 puts a calendar in front of everything and locks. Quiet minutes lock as well, and on Linux so do a locked screen and sleep. Then the key is forgotten and the process of the language model is ended.</source>
        <translation>按 F9，一张日历会挡在最前面，同时锁上。几分钟没人操作也会锁上；在 Linux 上，锁屏和睡眠时同样会锁。锁上之后，钥匙不再留在内存里，语言模型的进程也会结束。</translation>
    </message>
    <message>
        <source>On each day that you are here a copy is made and read through; those of seven days and four weeks stay beside your space. A file for a stick is encrypted in the same way.</source>
        <translation>你来的每一天都会做一份备份，并从头读一遍检查；最近七天和四周的备份留在你的空间旁边。存到 U 盘的文件也用同样的方式加密。</translation>
    </message>
    <message>
        <source>A damaged space is never replaced by an empty one. What can still be read goes into a space of its own, and what is lost is named.</source>
        <translation>空间损坏时，绝不会用一个空的来代替它。还能读出的内容会放进一个新的空间，丢了什么也会说清楚。</translation>
    </message>
    <message>
        <source>What you delete is erased after 30 days in the bin. A wrong clock empties nothing: breaks of more than ten days from the app do not count.</source>
        <translation>你删除的内容在回收处里放满 30 天后会彻底抹掉。时钟出错不会清空它：连续十天以上没打开应用的日子不算在内。</translation>
    </message>
    <message>
        <source>Words that may mean danger are looked for on this computer alone. Nobody is told.</source>
        <translation>可能意味着危险的话，只在这台电脑上识别，不会告诉任何人。</translation>
    </message>
    <message>
        <source>The language model runs in a process of its own, without your key. If it breaks down, only the reply it was writing is lost.</source>
        <translation>语言模型在单独的进程里运行，拿不到你的钥匙。它要是崩溃了，丢的只是正在写的那句回复。</translation>
    </message>
    <message>
        <source>No log, temporary file or crash report holds what you wrote.</source>
        <translation>日志、临时文件和崩溃报告里都没有你写的内容。</translation>
    </message>
    <message>
        <source>Somebody who knows your passphrase or finds your recovery code.</source>
        <translation>知道你的口令，或者拿到你恢复码的人。</translation>
    </message>
    <message>
        <source>Somebody at this window while your space is open.</source>
        <translation>空间打开着的时候，坐在这个窗口前的人。</translation>
    </message>
    <message>
        <source>Programs that record keys or the screen, and whoever manages this computer: they see what you see.</source>
        <translation>记录按键或屏幕的程序，还有管理这台电脑的人：你看到什么，他们也能看到。</translation>
    </message>
    <message>
        <source>A photo of the screen, or a glance over your shoulder.</source>
        <translation>对着屏幕拍的照片，或者从你背后看一眼。</translation>
    </message>
    <message>
        <source>Memory that the system writes to its disk when it is full or goes to sleep (swap, hibernation). Only encryption of the whole disk covers that.</source>
        <translation>内存不够或者休眠时，系统写到硬盘上的内存内容（交换区、休眠文件）。只有整盘加密能管到这个。</translation>
    </message>
    <message>
        <source>What was deleted, on the disk itself: SSDs and USB sticks may keep old blocks. They hold encrypted data only.</source>
        <translation>删掉的东西在硬盘上的残留：固态硬盘和 U 盘可能还留着旧的数据块。里面只有加密后的数据。</translation>
    </message>
    <message>
        <source>Copies beside your space die with this disk. Take a backup file somewhere else now and then.</source>
        <translation>放在空间旁边的备份会和这块硬盘一起坏掉。隔一段时间把备份文件存到别处去。</translation>
    </message>
    <message>
        <source>Exports and calendar files: they are plain, and lie where you saved them. Copies of the folder that you or a cloud made stay where they are.</source>
        <translation>导出的文件和日历文件：它们没有加密，你存在哪里就在哪里。你自己或云盘复制过的文件夹也还在原处。</translation>
    </message>
    <message>
        <source>That there is such a program here, how large your space is, and when it was last used.</source>
        <translation>这里装了这样一个程序、你的空间有多大、上次什么时候用过。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>What you write stays on this computer, encrypted. The program has no network code: nothing is sent, counted or looked up anywhere.</source>
        <translation>你写的内容加密后只留在这台电脑上。程序里没有联网的代码：不发送，不统计，也不上网查任何东西。</translation>
    </message>
    <message>
        <source>Where everything is</source>
        <translation>东西都放在哪里</translation>
    </message>
    <message>
        <source>What is open now</source>
        <translation>现在打开着什么</translation>
    </message>
    <message>
        <source>Each process of the program says of itself which connections it has; no other program can look into them. This is read again every two seconds.</source>
        <translation>程序的每个进程都自己说明有哪些连接，别的程序看不到它们里面。这里每两秒更新一次。</translation>
    </message>
    <message>
        <source>What protects you</source>
        <translation>保护你的是什么</translation>
    </message>
    <message>
        <source>What is not protected</source>
        <translation>哪些保护不了</translation>
    </message>
    <message>
        <source>Take it with you, or delete it</source>
        <translation>带走，或者删掉</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Lock, to delete this space…</source>
        <translation>先锁上，再删除这个空间…</translation>
    </message>
    <message>
        <source>As a guest there is nothing to delete: lock, and it is gone.</source>
        <translation>访客没有要删的东西：锁上就没有了。</translation>
    </message>
    <message>
        <source>A single conversation or page is deleted where it stands, lies in the bin for 30 days and is then erased. A whole space is deleted from the start page, with your passphrase: its keys are destroyed first, so that nothing left of the file can be read. Nobody can bring it back, we neither.</source>
        <translation>单独的一次谈话或一页日记，在它所在的地方删除：先在回收处放 30 天，之后彻底抹掉。整个空间要在开始页用你的口令删除：先毁掉钥匙，文件就算有残留也读不出来。谁也找不回来，我们也不能。</translation>
    </message>
</context>
<context>
    <name>ProfileLabels</name>
    <message>
        <source>Teal</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀</translation>
    </message>
    <message>
        <source>Plum</source>
        <translation>梅紫</translation>
    </message>
    <message>
        <source>Moss</source>
        <translation>苔绿</translation>
    </message>
    <message>
        <source>Coral</source>
        <translation>珊瑚</translation>
    </message>
    <message>
        <source>Slate</source>
        <translation>石青</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>橄榄</translation>
    </message>
    <message>
        <source>Sky</source>
        <translation>天蓝</translation>
    </message>
    <message>
        <source>{name} (what was left)</source>
        <translation>{name}（读出的内容）</translation>
    </message>
</context>
<context>
    <name>ProfilesView</name>
    <message>
        <source>Which one is yours?</source>
        <translation>哪一个是你的？</translation>
    </message>
    <message>
        <source>Hello</source>
        <translation>你好</translation>
    </message>
    <message>
        <source>PsyLite works without the internet. What you write is locked with your passphrase and stays on this computer.</source>
        <translation>PsyLite 不联网，你写的都用口令锁着，只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Open {profile}</source>
        <translation>打开“{profile}”</translation>
    </message>
    <message>
        <source>Make a space of my own</source>
        <translation>建一个自己的空间</translation>
    </message>
    <message>
        <source>Make another space</source>
        <translation>再建一个空间</translation>
    </message>
    <message>
        <source>Just talk, save nothing</source>
        <translation>只聊聊，不保存</translation>
    </message>
    <message>
        <source>A guest session leaves nothing on this computer.</source>
        <translation>访客谈话不会在这台电脑上留下任何东西。</translation>
    </message>
    <message>
        <source>Bring back a .psyvault file</source>
        <translation>恢复 .psyvault 文件</translation>
    </message>
    <message>
        <source>Do not show this list</source>
        <translation>不显示这个列表</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Stop</source>
        <translation>停下</translation>
    </message>
</context>
<context>
    <name>PromptBar</name>
    <message>
        <source>Another one</source>
        <translation>换一个</translation>
    </message>
    <message>
        <source>No prompt</source>
        <translation>不要开头</translation>
    </message>
</context>
<context>
    <name>ProtocolPage</name>
    <message>
        <source>Counted on {date}.</source>
        <translation>{date} 统计。</translation>
    </message>
</context>
<context>
    <name>QrCode</name>
    <message>
        <source>Scan with a phone to reach {number}</source>
        <translation>用手机扫一扫，拨打 {number}</translation>
    </message>
</context>
<context>
    <name>QuestionView</name>
    <message>
        <source>Question {number} of {count}</source>
        <translation>第 {number} 题，共 {count} 题</translation>
    </message>
    <message>
        <source>This one is still open, and there is no score without it.</source>
        <translation>这一题还空着，缺了它就没有分数。</translation>
    </message>
    <message>
        <source>Question before</source>
        <translation>上一题</translation>
    </message>
    <message>
        <source>Leave open for now</source>
        <translation>先空着</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Keys {first} to {last} answer, Backspace goes back, Esc leaves. Your answers wait here for a day.</source>
        <translation>按 {first} 到 {last} 作答，退格键回上一题，Esc 离开。答案会在这里留一天。</translation>
    </message>
</context>
<context>
    <name>QuoteButton</name>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Show in the page: {words}</source>
        <translation>在这一页里看：{words}</translation>
    </message>
</context>
<context>
    <name>RatingsPage</name>
    <message>
        <source>How replies did</source>
        <translation>回复得怎么样</translation>
    </message>
    <message>
        <source>By what wrote them</source>
        <translation>按是谁写的</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>By kind of turn</source>
        <translation>按这一轮在做什么</translation>
    </message>
    <message>
        <source>No reply has marks yet. Below each reply in Talk there is a quiet way to give some, if you ever want to.</source>
        <translation>还没有给回复打过分。聊天里每条回复下面都有一个小入口，想打的时候再打。</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>去聊聊</translation>
    </message>
    <message>
        <source>One reply has marks from you.</source>
        <translation>你给一条回复打过分。</translation>
    </message>
    <message>
        <source>{count} replies have marks from you.</source>
        <translation>你给 {count} 条回复打过分。</translation>
    </message>
    <message>
        <source>Marks run from 1 to 5; n is how many there are. They stay here, and go when the message goes. Few marks say little.</source>
        <translation>分数从 1 到 5，n 是打分的次数。它们只留在这里，消息删掉就一起没了。次数少的时候说明不了什么。</translation>
    </message>
    <message>
        <source>A language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>The small practice model</source>
        <translation>小练习模型</translation>
    </message>
    <message>
        <source>Written beforehand</source>
        <translation>预先写好的</translation>
    </message>
    <message>
        <source>Crisis text</source>
        <translation>危机时的固定文字</translation>
    </message>
    <message>
        <source>Listening and asking</source>
        <translation>听和问</translation>
    </message>
    <message>
        <source>Offering a connection</source>
        <translation>把事情连起来看</translation>
    </message>
    <message>
        <source>One small step</source>
        <translation>一小步</translation>
    </message>
    <message>
        <source>Calming down</source>
        <translation>缓一缓</translation>
    </message>
    <message>
        <source>Something good</source>
        <translation>好事</translation>
    </message>
    <message>
        <source>A chat</source>
        <translation>闲聊</translation>
    </message>
    <message>
        <source>Goodbye</source>
        <translation>道别</translation>
    </message>
    <message>
        <source>About the app</source>
        <translation>关于这个程序</translation>
    </message>
    <message>
        <source>Taking care</source>
        <translation>多留意一点</translation>
    </message>
    <message>
        <source>Something it could not give</source>
        <translation>给不了的东西</translation>
    </message>
</context>
<context>
    <name>RecoverView</name>
    <message>
        <source>Open with the recovery code</source>
        <translation>用恢复码打开</translation>
    </message>
    <message>
        <source>You wrote it down when you made this space. Capital letters, spaces and dashes do not matter. Without passphrase and code nobody can open it, not even the people who make PsyLite.</source>
        <translation>就是建这个空间时你抄下来的那一串。大小写、空格和横线都没关系。口令和恢复码都没有的话，谁也打不开，做 PsyLite 的人也不行。</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>RecoveryCodeView</name>
    <message>
        <source>Your recovery code</source>
        <translation>你的恢复码</translation>
    </message>
    <message>
        <source>If you forget the passphrase, this code opens your space. It is shown only now. Write it on paper and keep it where you keep important things. Whoever has it can read everything.</source>
        <translation>忘了口令的时候，用它能打开你的空间。它只在这里显示这一次。抄在纸上，和重要的东西放在一起。拿到它的人，什么都能看到。</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>Note this, too: your space is called {name}.</source>
        <translation>这个也请记下：你的空间叫“{name}”。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>I have written it down</source>
        <translation>我抄好了</translation>
    </message>
    <message>
        <source>Type the last {count} characters of the code.</source>
        <translation>请输入恢复码最后 {count} 个字符。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>That is not the end of this code. Look at your note once more.</source>
        <translation>和恢复码的结尾对不上，再看看你抄的那张纸。</translation>
    </message>
</context>
<context>
    <name>RegionPicker</name>
    <message>
        <source>Choose a region</source>
        <translation>选择地区</translation>
    </message>
    <message>
        <source>Mainland China</source>
        <translation>中国大陆</translation>
    </message>
    <message>
        <source>Hong Kong</source>
        <translation>香港</translation>
    </message>
    <message>
        <source>Macao</source>
        <translation>澳门</translation>
    </message>
    <message>
        <source>Taiwan</source>
        <translation>台湾</translation>
    </message>
    <message>
        <source>United States</source>
        <translation>美国</translation>
    </message>
    <message>
        <source>Canada</source>
        <translation>加拿大</translation>
    </message>
    <message>
        <source>United Kingdom</source>
        <translation>英国</translation>
    </message>
    <message>
        <source>Ireland</source>
        <translation>爱尔兰</translation>
    </message>
    <message>
        <source>Australia</source>
        <translation>澳大利亚</translation>
    </message>
    <message>
        <source>New Zealand</source>
        <translation>新西兰</translation>
    </message>
    <message>
        <source>Singapore</source>
        <translation>新加坡</translation>
    </message>
    <message>
        <source>India</source>
        <translation>印度</translation>
    </message>
    <message>
        <source>European Union</source>
        <translation>欧盟</translation>
    </message>
    <message>
        <source>Japan</source>
        <translation>日本</translation>
    </message>
    <message>
        <source>Malaysia</source>
        <translation>马来西亚</translation>
    </message>
    <message>
        <source>Region for help lines</source>
        <translation>求助电话所在的地区</translation>
    </message>
</context>
<context>
    <name>ReminderTray</name>
    <message>
        <source>A small reminder</source>
        <translation>一个小提醒</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>记心情</translation>
    </message>
    <message>
        <source>Open the window</source>
        <translation>打开窗口</translation>
    </message>
</context>
<context>
    <name>ReplyRater</name>
    <message>
        <source>How was this reply?</source>
        <translation>这条回复怎么样？</translation>
    </message>
    <message>
        <source>Keys 1 to 5, Tab to the next, 0 takes a mark back.</source>
        <translation>按 1 到 5 打分，Tab 到下一项，0 收回。</translation>
    </message>
    <message>
        <source>Take all marks back</source>
        <translation>全部收回</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>“{words}…”</source>
        <translation>“{words}……”</translation>
    </message>
    <message>
        <source>Rate this reply</source>
        <translation>给这条回复打分</translation>
    </message>
    <message>
        <source>Your marks: {marks}</source>
        <translation>你打的分：{marks}</translation>
    </message>
</context>
<context>
    <name>ReplyReason</name>
    <message>
        <source>I went by “{words}”.</source>
        <translation>依据的是“{words}”。</translation>
    </message>
    <message>
        <source>I heard this in it: “{title}”.</source>
        <translation>我从里面听到的是：“{title}”。</translation>
    </message>
    <message>
        <source>Beside it stood the passage “{title}” (evidence {badge}).</source>
        <translation>旁边放着参考的一条：“{title}”（依据 {badge}）。</translation>
    </message>
    <message>
        <source>Used from what I remember: {notes}.</source>
        <translation>用到了我记得的：{notes}。</translation>
    </message>
    <message>
        <source>You were telling me something, so I listened and asked.</source>
        <translation>你在讲事情，所以我先听，再问一句。</translation>
    </message>
    <message>
        <source>You had told me a good deal, so I offered a connection to try on.</source>
        <translation>你已经讲了不少，所以我试着说一个联系，看合不合。</translation>
    </message>
    <message>
        <source>It was time for something to do, so I looked for one small step.</source>
        <translation>到了可以做点什么的时候，所以我找了一小步。</translation>
    </message>
    <message>
        <source>There was something good or light in it, so I stayed with that.</source>
        <translation>话里有高兴或轻松的东西，所以我就停在那里。</translation>
    </message>
    <message>
        <source>It sounded like a chat, so I kept it light.</source>
        <translation>听着像闲聊，所以我说得轻一点。</translation>
    </message>
    <message>
        <source>You wanted to calm down, so I gave a first step.</source>
        <translation>你想静一静，所以我给了第一步。</translation>
    </message>
    <message>
        <source>You were leaving, so I said goodbye.</source>
        <translation>你要走了，所以我道个别。</translation>
    </message>
    <message>
        <source>You asked about me, so I said what I am.</source>
        <translation>你问到我，所以我照实说我是什么。</translation>
    </message>
    <message>
        <source>Something in it may weigh more than it says, so I was careful.</source>
        <translation>话里也许有比字面更重的东西，所以我说得小心。</translation>
    </message>
    <message>
        <source>I heard danger, so help and people come first.</source>
        <translation>我听到了危险，所以先说帮助，先说真人。</translation>
    </message>
    <message>
        <source>It asked for something I cannot give, so I said so.</source>
        <translation>这里要的东西我给不了，所以直说了。</translation>
    </message>
    <message>
        <source>The small practice model wrote it.</source>
        <translation>这句是小的练习模型写的。</translation>
    </message>
    <message>
        <source>The language model wrote it.</source>
        <translation>这句是语言模型写的。</translation>
    </message>
    <message>
        <source>The text was written beforehand for such moments.</source>
        <translation>这段文字是为这样的时刻事先写好的。</translation>
    </message>
    <message>
        <source>What the model wrote was held back, so a sentence written beforehand stands here.</source>
        <translation>模型写的被拦下了，换成了事先写好的一句。</translation>
    </message>
    <message>
        <source>No model answered, so a sentence written beforehand stands here.</source>
        <translation>没有模型作答，所以用了事先写好的一句。</translation>
    </message>
    <message>
        <source>The sentence was written beforehand.</source>
        <translation>这句是事先写好的。</translation>
    </message>
</context>
<context>
    <name>RescueChoiceView</name>
    <message>
        <source>What can be done</source>
        <translation>可以怎么办</translation>
    </message>
    <message>
        <source>Take your time: nothing here is deleted, and nothing is put in the place of this space before a copy of it was made.</source>
        <translation>不用急：这里什么都不会删除。在替换这个空间之前，总会先给它留一份副本。</translation>
    </message>
    <message>
        <source>Passphrase of this space</source>
        <translation>这个空间的口令</translation>
    </message>
    <message>
        <source>Bring back the lock from a backup</source>
        <translation>从备份恢复锁</translation>
    </message>
    <message>
        <source>Bring back a backup</source>
        <translation>恢复一份备份</translation>
    </message>
    <message>
        <source>There is no backup of this space on this computer. If you saved a .psyvault file somewhere, bring it back from the list of spaces.</source>
        <translation>这台电脑上没有这个空间的备份。如果你在别处存过 .psyvault 文件，可以在空间列表里恢复它。</translation>
    </message>
    <message>
        <source>Bring back the backup of {day}</source>
        <translation>恢复 {day} 的备份</translation>
    </message>
    <message>
        <source>Try to read what is left</source>
        <translation>试着读出剩下的内容</translation>
    </message>
    <message>
        <source>Everything that can still be read goes into a new space beside this one. You see a list of what was found and what was not.</source>
        <translation>还能读的内容会放进旁边一个新的空间。你会看到一张清单：找到了什么，没找到什么。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>RescueDoneView</name>
    <message>
        <source>This is what could be read</source>
        <translation>读出来的内容</translation>
    </message>
    <message>
        <source>It stands in a new space named {name} and opens with the same passphrase. The damaged space is still there, unchanged.</source>
        <translation>它在一个新的空间里，名叫“{name}”，用同一个口令打开。损坏的那个还在原处，没有改动。</translation>
    </message>
    <message>
        <source>It is back</source>
        <translation>恢复好了</translation>
    </message>
    <message>
        <source>It is a space of its own now, named {name}. It opens with the passphrase you just used.</source>
        <translation>它现在是一个单独的空间，名叫“{name}”，用你刚才输入的口令打开。</translation>
    </message>
    <message>
        <source>Everything in it was checked. What stood there before is among the backups.</source>
        <translation>里面的内容都核对过了。原来的内容留在备份里。</translation>
    </message>
    <message>
        <source>Go to my spaces</source>
        <translation>回到我的空间</translation>
    </message>
    <message>
        <source>{what}: {count} read</source>
        <translation>{what}：读出 {count} 条</translation>
    </message>
    <message>
        <source>{count} from a backup</source>
        <translation>从备份补回 {count} 条</translation>
    </message>
    <message>
        <source>{count} not found (no. {numbers})</source>
        <translation>{count} 条没找到（编号 {numbers}）</translation>
    </message>
    <message>
        <source>perhaps newer ones are missing, too</source>
        <translation>可能还缺更新的</translation>
    </message>
</context>
<context>
    <name>RescuePreviewView</name>
    <message>
        <source>Look before you decide</source>
        <translation>先看看，再决定</translation>
    </message>
    <message>
        <source>Backup of {day}</source>
        <translation>{day} 的备份</translation>
    </message>
    <message>
        <source>Passphrase of the file or its space</source>
        <translation>文件或原空间的口令</translation>
    </message>
    <message>
        <source>Passphrase of this space</source>
        <translation>这个空间的口令</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>看看里面</translation>
    </message>
    <message>
        <source>Put it in the place of the space</source>
        <translation>放回这个空间</translation>
    </message>
    <message>
        <source>What stands there now is copied first and stays among the backups.</source>
        <translation>现在的内容会先复制一份，留在备份里。</translation>
    </message>
    <message>
        <source>Make it a space of its own</source>
        <translation>单独成为一个空间</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Rescuer</name>
    <message>
        <source>Choose a .psyvault file</source>
        <translation>选择 .psyvault 文件</translation>
    </message>
    <message>
        <source>Encrypted spaces (*.psyvault)</source>
        <translation>加密空间 (*.psyvault)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Reading all of it and checking…</source>
        <translation>正在读取全部内容并核对…</translation>
    </message>
    <message>
        <source>Copying what is there, then bringing it back…</source>
        <translation>先复制现有内容，再恢复…</translation>
    </message>
    <message>
        <source>Making a space of its own…</source>
        <translation>正在建一个单独的空间…</translation>
    </message>
    <message>
        <source>Bringing back the lock…</source>
        <translation>正在恢复锁…</translation>
    </message>
    <message>
        <source>Reading what is left…</source>
        <translation>正在读出剩下的内容…</translation>
    </message>
</context>
<context>
    <name>ResultView</name>
    <message>
        <source>Filled in on {day}</source>
        <translation>{day} 填写</translation>
    </message>
    <message>
        <source>From paper, noted on {day}</source>
        <translation>{day} 从纸上记下</translation>
    </message>
    <message>
        <source>What this does not mean</source>
        <translation>它不说明什么</translation>
    </message>
    <message>
        <source>All results</source>
        <translation>全部结果</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制成文字</translation>
    </message>
    <message>
        <source>Delete this result</source>
        <translation>删除这次结果</translation>
    </message>
    <message>
        <source>Scale: {source}. {licence}.</source>
        <translation>量表：{source}。{licence}。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>RunTable</name>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>分档</translation>
    </message>
</context>
<context>
    <name>ScaleCard</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Fill it in</source>
        <translation>开始填</translation>
    </message>
    <message>
        <source>Do it anyway</source>
        <translation>还是想做</translation>
    </message>
    <message>
        <source>I filled it in on paper</source>
        <translation>我在纸上填过</translation>
    </message>
    <message>
        <source>Earlier results</source>
        <translation>以前的结果</translation>
    </message>
    <message>
        <source>Last time, {day}: {score}</source>
        <translation>上次 {day}：{score}</translation>
    </message>
    <message>
        <source>It asks about {days} days, so it says something new from {day} on.</source>
        <translation>它问的是 {days} 天里的情况，所以到 {day} 再做才看得出新的东西。</translation>
    </message>
    <message>
        <source>Some of your answers wait here.</source>
        <translation>有一些答案还留在这里。</translation>
    </message>
</context>
<context>
    <name>ScaleListView</name>
    <message>
        <source>Short questionnaires that counselors use too. They stay on this computer; a score is a reason to look closer, never a diagnosis.</source>
        <translation>咨询师也会用的简短问卷。结果只留在这台电脑上；分数只是提醒你再看仔细一点，从来不是诊断。</translation>
    </message>
</context>
<context>
    <name>ScaleScoresChart</name>
    <message>
        <source>Scales over time</source>
        <translation>量表的变化</translation>
    </message>
    <message>
        <source>{name}: score, {low} to {high}; more points mean better days.</source>
        <translation>{name}：得分，{low} 到 {high}；分数高表示日子好过一些。</translation>
    </message>
    <message>
        <source>{name}: score, {low} to {high}; fewer points mean better days.</source>
        <translation>{name}：得分，{low} 到 {high}；分数低表示日子好过一些。</translation>
    </message>
    <message>
        <source>A score is no diagnosis.</source>
        <translation>分数不是诊断。</translation>
    </message>
    <message>
        <source>{name}: {score} on {day}. {limits}</source>
        <translation>{name}：{day}，{score} 分。{limits}</translation>
    </message>
    <message>
        <source>{name}: {score} on {day}, {before} on {then}; so small a difference may be chance. {limits}</source>
        <translation>{name}：{day}，{score} 分；{then}，{before} 分。这么小的差别可能只是偶然。{limits}</translation>
    </message>
    <message>
        <source>{name}: {score} on {day}, {before} on {then}. {limits}</source>
        <translation>{name}：{day}，{score} 分；{then}，{before} 分。{limits}</translation>
    </message>
    <message>
        <source>After a scale was filled in, its score stands here.</source>
        <translation>填过一次量表之后，得分会出现在这里。</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>分档</translation>
    </message>
    <message>
        <source>Arrow keys read one result after the other.</source>
        <translation>方向键可以一次次地读结果。</translation>
    </message>
    <message>
        <source>Which scale</source>
        <translation>哪个量表</translation>
    </message>
    <message>
        <source>{day}: {score}</source>
        <translation>{day}：{score}</translation>
    </message>
    <message>
        <source>{day}: {score}, {band}</source>
        <translation>{day}：{score}，{band}</translation>
    </message>
</context>
<context>
    <name>ScaleWords</name>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
</context>
<context>
    <name>ScalesPage</name>
    <message>
        <source>Back to the scales; help stays in view</source>
        <translation>回到量表；帮助会留在上面</translation>
    </message>
    <message>
        <source>Deleted.</source>
        <translation>已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>量表</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide what I type</source>
        <translation>隐藏输入的内容</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>显示输入的内容</translation>
    </message>
</context>
<context>
    <name>SecretView</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>As the computer does</source>
        <translation>跟随电脑</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Under 18</source>
        <translation>未满 18 岁</translation>
    </message>
    <message>
        <source>18 or older</source>
        <translation>18 岁或以上</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>没有说</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>{value} %</source>
        <translation>{value} %</translation>
    </message>
    <message>
        <source>Also with Ctrl and plus, minus or 0.</source>
        <translation>也可以按 Ctrl 加 +、- 或 0。</translation>
    </message>
    <message>
        <source>Nothing on screen moves</source>
        <translation>屏幕上的东西都不要动</translation>
    </message>
    <message>
        <source>Region for help lines</source>
        <translation>求助电话的地区</translation>
    </message>
    <message>
        <source>No list of spaces at the start</source>
        <translation>开头不列出空间</translation>
    </message>
    <message>
        <source>You type the colour and number of your space instead. For computers that others use, too: spaces then lock after one quiet minute, and Windows keeps the window out of screenshots. Holds from the next unlocking on.</source>
        <translation>改为输入你那个空间的颜色和编号。适合多人共用的电脑：没人操作一分钟就会锁上，Windows 还会让截图里看不到这个窗口。从下次解锁起生效。</translation>
    </message>
    <message>
        <source>The model reads along while I write</source>
        <translation>我写的时候，模型同时在读</translation>
    </message>
    <message>
        <source>Replies then begin sooner. It reads nothing on battery, and stores nothing of it.</source>
        <translation>这样回复会来得更快。用电池时不读，读过的也不保存。</translation>
    </message>
    <message>
        <source>Give the model&apos;s memory back when it was not used for</source>
        <translation>模型闲置多久后，把占用的内存还给电脑</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>A piece of crosstalk when I ask for something light</source>
        <translation>我想轻松一下的时候，可以来一段相声</translation>
    </message>
    <message>
        <source>Never when things are serious.</source>
        <translation>事情沉重的时候不会出现。</translation>
    </message>
    <message>
        <source>Remember between talks</source>
        <translation>在几次聊天之间记住一些事</translation>
    </message>
    <message>
        <source>Only what you say yes to, on the page of what I remember.</source>
        <translation>只记你点过头的，都在“我记得的”那一页。</translation>
    </message>
    <message>
        <source>Replies may know my check-in of today</source>
        <translation>回复时可以知道我今天的心情记录</translation>
    </message>
    <message>
        <source>Your age</source>
        <translation>你的年龄</translation>
    </message>
    <message>
        <source>Lock when nobody is here for</source>
        <translation>多久没人操作就锁上</translation>
    </message>
    <message>
        <source>Show what I wrote on this day in earlier years</source>
        <translation>提起我往年今天写的</translation>
    </message>
    <message>
        <source>In the journal; hard days are left out.</source>
        <translation>在日记里；难熬的日子不会提。</translation>
    </message>
    <message>
        <source>Time for a talk</source>
        <translation>一次聊多久</translation>
    </message>
    <message>
        <source>Remind me to check in</source>
        <translation>提醒我记一下心情</translation>
    </message>
    <message>
        <source>A few neutral words on the screen that name nothing, while PsyLite is running. Where this computer shows no such notes, use a calendar file instead.</source>
        <translation>PsyLite 开着的时候，屏幕上出现一句看不出内容的话。如果这台电脑显示不了，可以改用日历文件。</translation>
    </message>
    <message>
        <source>Times of reminders</source>
        <translation>提醒的时间</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>从几点起不打扰</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>到几点为止</translation>
    </message>
    <message>
        <source>No reminder comes in between.</source>
        <translation>这段时间里不会有提醒。</translation>
    </message>
    <message>
        <source>Also while this space is locked</source>
        <translation>锁上的时候也提醒</translation>
    </message>
    <message>
        <source>Better off where others use this computer, too.</source>
        <translation>如果别人也用这台电脑，最好关着。</translation>
    </message>
    <message>
        <source>{value} min</source>
        <translation>{value} 分钟</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>模型……</translation>
    </message>
    <message>
        <source>Backups…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Bring in…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Reminders in my own calendar…</source>
        <translation>放进自己日历的提醒…</translation>
    </message>
    <message>
        <source>Privacy…</source>
        <translation>隐私…</translation>
    </message>
    <message>
        <source>See the welcome again</source>
        <translation>再看一遍欢迎页</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>这台电脑上</translation>
    </message>
    <message>
        <source>Passphrase and keys…</source>
        <translation>口令和钥匙…</translation>
    </message>
    <message>
        <source>Locks first: keys are changed while the space is closed.</source>
        <translation>会先锁上：换钥匙要在空间关着的时候。</translation>
    </message>
    <message>
        <source>In this guest session</source>
        <translation>这次访客谈话里</translation>
    </message>
    <message>
        <source>In this space</source>
        <translation>这个空间里</translation>
    </message>
    <message>
        <source>My data, and more</source>
        <translation>我的数据，还有别的</translation>
    </message>
    <message>
        <source>In this space, {space}</source>
        <translation>这个空间里（{space}）</translation>
    </message>
    <message>
        <source>This could not be saved here. It holds until you close PsyLite.</source>
        <translation>这里没能保存，这次改动到关掉 PsyLite 为止有效。</translation>
    </message>
</context>
<context>
    <name>ShellNotice</name>
    <message>
        <source>A newer PsyLite wrote this space. You can read everything here; to write, open it with that version.</source>
        <translation>这个空间是更新版本的 PsyLite 写的。在这里可以读全部内容；要写的话，请用那个版本打开。</translation>
    </message>
    <message>
        <source>A safe start: replies are written beforehand, and the settings are those of a new installation. For everything else, open PsyLite without --safe.</source>
        <translation>这次是安全启动：回复都是事先写好的，设置是刚安装时的样子。想用全部功能，请不带 --safe 再打开一次。</translation>
    </message>
    <message>
        <source>Today&apos;s backup could not be made; earlier ones are kept. {why}</source>
        <translation>今天的备份没有做成，之前的都还在。{why}</translation>
    </message>
    <message>
        <source>Show backups</source>
        <translation>看看备份</translation>
    </message>
</context>
<context>
    <name>ShownChoice</name>
    <message>
        <source>On the help page, before unlocking</source>
        <translation>在求助页上，解锁之前</translation>
    </message>
    <message>
        <source>The start shows no list of spaces, so nothing of a plan is shown there either.</source>
        <translation>开始页不列出空间，所以解锁之前也不显示任何人的计划。</translation>
    </message>
    <message>
        <source>PsyLite runs from a folder that moves between computers, so nothing of a plan is shown before unlocking.</source>
        <translation>PsyLite 正在随身的文件夹里运行，会换不同的电脑，所以解锁之前不显示计划。</translation>
    </message>
    <message>
        <source>PsyLite runs without its settings now, or could not read them, so nothing of a plan is shown before unlocking.</source>
        <translation>PsyLite 现在没有使用设置，或者读不出设置，所以解锁之前不显示计划。</translation>
    </message>
    <message>
        <source>What you tick here is also stored outside your encrypted space, in clear: anyone at this computer can read it, without your passphrase.</source>
        <translation>在这里勾选的内容，会在加密空间之外再存一份，不加密：任何能用这台电脑的人，不用口令也能看到。</translation>
    </message>
</context>
<context>
    <name>ShownPlanView</name>
    <message>
        <source>From my plan</source>
        <translation>我的计划里</translation>
    </message>
    <message>
        <source>Chosen on the page of the plan to be readable here before unlocking.</source>
        <translation>这些是在计划页上选好、解锁之前就能看到的。</translation>
    </message>
</context>
<context>
    <name>SliderView</name>
    <message>
        <source>Not set. Move the slider, press a digit, or simply go on.</source>
        <translation>还没有打分。移动滑块、按数字，或者直接往下走。</translation>
    </message>
    <message>
        <source>{number} of {most}</source>
        <translation>{number}，满分 {most}</translation>
    </message>
</context>
<context>
    <name>SocketsCard</name>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>It is answering just now and will tell in a moment.</source>
        <translation>它正在回答，过一会儿再说明。</translation>
    </message>
    <message>
        <source>It does not run, so nothing of it is open.</source>
        <translation>它没有在运行，所以什么也没有打开。</translation>
    </message>
    <message>
        <source>{name} · process {pid}</source>
        <translation>{name} · 进程 {pid}</translation>
    </message>
    <message>
        <source>This system does not tell a program which sockets it has open.</source>
        <translation>这个系统不告诉程序它自己打开了哪些连接。</translation>
    </message>
    <message>
        <source>Something is open that could reach another computer. Please report it.</source>
        <translation>有一个连接可能通到别的电脑。请告诉我们。</translation>
    </message>
    <message>
        <source>No connection to the internet. Open are only lines to programs of this computer (screen, keyboard, the other process): {count}.</source>
        <translation>没有任何到互联网的连接。打开的只有通向这台电脑上其他程序（屏幕、键盘、另一个进程）的通道：{count} 条。</translation>
    </message>
    <message>
        <source>No connection to the internet, and no other one either.</source>
        <translation>没有联网，也没有别的连接。</translation>
    </message>
    <message>
        <source>The system&apos;s kernel refuses it internet sockets, whatever asks.</source>
        <translation>系统内核会拒绝它打开上网的连接，不管是哪一部分提出的。</translation>
    </message>
    <message>
        <source>The program&apos;s own rules refuse them; the kernel is not asked to.</source>
        <translation>由程序自己的规则拒绝上网，没有用到系统内核的限制。</translation>
    </message>
    <message>
        <source>{said} {fence}</source>
        <translation>{said}{fence}</translation>
    </message>
    <message>
        <source>within this computer</source>
        <translation>本机内部</translation>
    </message>
    <message>
        <source>messages of the system</source>
        <translation>系统消息</translation>
    </message>
    <message>
        <source>internet</source>
        <translation>互联网</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不清楚</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Why this reply?</source>
        <translation>为什么这样回</translation>
    </message>
    <message>
        <source>Another reply</source>
        <translation>换一个回复</translation>
    </message>
    <message>
        <source>Edit my last message</source>
        <translation>修改上一条</translation>
    </message>
    <message>
        <source>Bring back what was here</source>
        <translation>换回刚才那一版</translation>
    </message>
    <message>
        <source>keeping what you wrote</source>
        <translation>正在保存你写的话</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>正在载入模型</translation>
    </message>
    <message>
        <source>looking for something that may help</source>
        <translation>正在找可能有用的内容</translation>
    </message>
    <message>
        <source>reading what you wrote, {share} %</source>
        <translation>正在读你写的话，{share}%</translation>
    </message>
    <message>
        <source>reading what you wrote</source>
        <translation>正在读你写的话</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>正在写</translation>
    </message>
    <message>
        <source>thinking before it answers</source>
        <translation>先想一想再回答</translation>
    </message>
    <message>
        <source>getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>loading the model, {share} %</source>
        <translation>正在载入模型，{share}%</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>正在预热</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>准备好了</translation>
    </message>
    <message>
        <source>Your words are still in the editor.</source>
        <translation>你写的话还在输入框里。</translation>
    </message>
</context>
<context>
    <name>StepView</name>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 步，共 {total} 步</translation>
    </message>
</context>
<context>
    <name>StripAnswers</name>
    <message>
        <source>Thank you for telling me. Help stays here, also for somebody else. How are you yourself?</source>
        <translation>谢谢你告诉我。求助还留在这里，别人也用得上。那你自己怎么样？</translation>
    </message>
    <message>
        <source>Thank you for telling me. Help stays here. What did you mean to say?</source>
        <translation>谢谢你告诉我。求助还留在这里。你刚才想说的是什么？</translation>
    </message>
</context>
<context>
    <name>SuggestionCard</name>
    <message>
        <source>A suggestion, from what you noted and said</source>
        <translation>一条建议，根据你记下的和说过的</translation>
    </message>
    <message>
        <source>Fold away</source>
        <translation>收起来</translation>
    </message>
    <message>
        <source>Or:</source>
        <translation>或者：</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>先不用</translation>
    </message>
    <message>
        <source>Not this</source>
        <translation>不要这个</translation>
    </message>
    <message>
        <source>Never for this reason</source>
        <translation>别再为这个提</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Nothing is suggested for a day.</source>
        <translation>一天之内不再提建议。</translation>
    </message>
    <message>
        <source>“{title}” is never suggested again.</source>
        <translation>《{title}》不会再提。</translation>
    </message>
    <message>
        <source>Nothing is suggested again for this reason: {reason}.</source>
        <translation>不会再因为“{reason}”提建议。</translation>
    </message>
    <message>
        <source>{title} · {minutes} min</source>
        <translation>{title} · {minutes} 分钟</translation>
    </message>
    <message>
        <source>Suggest one</source>
        <translation>帮我想一个</translation>
    </message>
    <message>
        <source>Suggested passphrase</source>
        <translation>建议的口令</translation>
    </message>
    <message>
        <source>Four words drawn by chance, to be typed just like this. A small picture or story with all four makes them easy to keep.</source>
        <translation>随机抽出的四个词，照这样连着输入就行。用它们编一幅画面或一个小故事，就容易记住。</translation>
    </message>
    <message>
        <source>Take these</source>
        <translation>就用这个</translation>
    </message>
    <message>
        <source>Four others</source>
        <translation>换四个词</translation>
    </message>
</context>
<context>
    <name>SuggestionPlace</name>
    <message>
        <source>Show a suggestion</source>
        <translation>看一条建议</translation>
    </message>
    <message>
        <source>About suggestions</source>
        <translation>关于建议</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>收回</translation>
    </message>
</context>
<context>
    <name>SuggestionWords</name>
    <message>
        <source>Look at the exercise</source>
        <translation>看看这个练习</translation>
    </message>
    <message>
        <source>Read it</source>
        <translation>读一读</translation>
    </message>
    <message>
        <source>Look at the scale</source>
        <translation>看看这份量表</translation>
    </message>
    <message>
        <source>Open my plan</source>
        <translation>打开我的计划</translation>
    </message>
    <message>
        <source>See who is there</source>
        <translation>看看能找谁</translation>
    </message>
    <message>
        <source>Go to Talk</source>
        <translation>去聊聊</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>记心情</translation>
    </message>
    <message>
        <source>Write a page</source>
        <translation>写一页</translation>
    </message>
    <message>
        <source>Look at the check-in of {day}</source>
        <translation>看看{day}记的心情</translation>
    </message>
    <message>
        <source>Look at that talk, {day}</source>
        <translation>看看{day}聊的那次</translation>
    </message>
    <message>
        <source>Look at that page, {day}</source>
        <translation>看看{day}写的那一页</translation>
    </message>
    <message>
        <source>Look at what you wrote, {day}</source>
        <translation>看看{day}写下的</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>No suggestions for a day, as you asked.</source>
        <translation>按你说的，一天之内不提建议。</translation>
    </message>
    <message>
        <source>Today&apos;s suggestion was made. Another may come tomorrow.</source>
        <translation>今天的建议已经提过了，明天也许会有别的。</translation>
    </message>
    <message>
        <source>Suggestions rest for now. Help and your plan are where they always are.</source>
        <translation>建议先停一停。帮助和你的计划都在老地方。</translation>
    </message>
    <message>
        <source>No suggestion: nothing from the last two weeks to go by, and none is made up.</source>
        <translation>没有建议：最近两周没有可以依据的记录，也不会凭空编一条。</translation>
    </message>
    <message>
        <source>No suggestion: nothing stands out in the last two weeks.</source>
        <translation>没有建议：最近两周没有哪里特别突出。</translation>
    </message>
    <message>
        <source>No new suggestion: what fits was offered within the last seven days.</source>
        <translation>没有新的建议：合适的在最近七天里已经提过。</translation>
    </message>
    <message>
        <source>No suggestion: what would fit, you have turned off.</source>
        <translation>没有建议：合适的你已经关掉了。</translation>
    </message>
    <message>
        <source>Nothing is suggested for a day.</source>
        <translation>一天之内不再提建议。</translation>
    </message>
    <message>
        <source>“{title}” is not suggested any more.</source>
        <translation>《{title}》不会再提。</translation>
    </message>
    <message>
        <source>Nothing is suggested any more for this reason: {reason}.</source>
        <translation>不会再因为“{reason}”提建议。</translation>
    </message>
</context>
<context>
    <name>SuggestionsPage</name>
    <message>
        <source>About suggestions</source>
        <translation>关于建议</translation>
    </message>
    <message>
        <source>They are made by rules from your check-ins, what you said in Talk, the exercises you did and the time of day; no model has a part in it. There is at most one at a time, and nothing comes twice within seven days. After something grave only your plan and help are suggested for a week.</source>
        <translation>建议由规则得出，看的是你记的心情、聊的时候说的话、做过的练习和现在的钟点，没有模型参与。一次最多一条，七天之内不重复。说过很重的话以后，一周里只会提你的计划和帮助。</translation>
    </message>
    <message>
        <source>What you turned off</source>
        <translation>你关掉的</translation>
    </message>
    <message>
        <source>What the letters mean</source>
        <translation>字母的意思</translation>
    </message>
    <message>
        <source>Nothing is turned off.</source>
        <translation>什么都没有关掉。</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Take it back: {what}</source>
        <translation>收回：{what}</translation>
    </message>
</context>
<context>
    <name>TagsView</name>
    <message>
        <source>Arrow keys go from word to word, Space picks.</source>
        <translation>方向键在词之间移动，空格键选中。</translation>
    </message>
    <message>
        <source>What does it have to do with?</source>
        <translation>和什么有关？</translation>
    </message>
    <message>
        <source>A word of your own</source>
        <translation>自己加一个词</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>TalkCloser</name>
    <message>
        <source>End here</source>
        <translation>在这里结束</translation>
    </message>
    <message>
        <source>Put this talk into three lines and leave it there</source>
        <translation>把这次对话收成三行，先放在这里</translation>
    </message>
    <message>
        <source>Kept until you leave: you are here as a guest. Take care.</source>
        <translation>你是访客，这几行留到你离开为止。慢走。</translation>
    </message>
    <message>
        <source>Kept. You find it with this talk under “Earlier”. Take care.</source>
        <translation>留好了，和这次对话放在一起，在“以前”里能找到。慢走。</translation>
    </message>
    <message>
        <source>All right, no summary is kept. Take care.</source>
        <translation>好，这几行不留。慢走。</translation>
    </message>
</context>
<context>
    <name>TalkPage</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>The reply is complete.</source>
        <translation>回复写完了。</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>聊聊</translation>
    </message>
</context>
<context>
    <name>TextDialog</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>ThoughtsView</name>
    <message>
        <source>The model thought before it answered. None of that is kept.</source>
        <translation>模型回答之前想了一会儿。想的内容不保存。</translation>
    </message>
    <message>
        <source>Fold away</source>
        <translation>收起来</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>看看</translation>
    </message>
</context>
<context>
    <name>TimedView</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再来一遍</translation>
    </message>
</context>
<context>
    <name>TimerView</name>
    <message>
        <source>That&apos;s the time. Go on when you like.</source>
        <translation>时间到了，想往下走的时候再走。</translation>
    </message>
</context>
<context>
    <name>TimesEditor</name>
    <message>
        <source>One more time</source>
        <translation>再加一个时间</translation>
    </message>
    <message>
        <source>Take the last one out</source>
        <translation>去掉最后一个</translation>
    </message>
</context>
<context>
    <name>TopRow</name>
    <message>
        <source>Switch the language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Help now</source>
        <translation>马上求助</translation>
    </message>
</context>
<context>
    <name>TopicBox</name>
    <message>
        <source>All topics</source>
        <translation>所有话题</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>话题</translation>
    </message>
</context>
<context>
    <name>TrustedMessageForm</name>
    <message>
        <source>From your plan: {people}</source>
        <translation>你的计划里写着：{people}</translation>
    </message>
    <message>
        <source>Change it as you like, copy it, and send it from your phone or computer.</source>
        <translation>想怎么改都行。复制下来，用手机或电脑发给对方。</translation>
    </message>
    <message>
        <source>Message to someone I trust</source>
        <translation>写给信任的人的话</translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation>复制这段话</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Deleted.</source>
        <translation>已删除。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>UnlockPage</name>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Opening. This takes a moment on purpose: it slows down guessing.</source>
        <translation>正在打开。故意慢一点，是为了让别人不好猜。</translation>
    </message>
    <message>
        <source>The list is hidden now: name your space instead. Settings bring the list back.</source>
        <translation>列表已经隐藏，改为输入空间的名字。想恢复列表，可以在设置里改。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>This time the passphrase is needed.</source>
        <translation>这次要输入口令。</translation>
    </message>
    <message>
        <source>Making your space…</source>
        <translation>正在建你的空间…</translation>
    </message>
    <message>
        <source>Saving the new passphrase…</source>
        <translation>正在保存新口令…</translation>
    </message>
    <message>
        <source>That space is gone.</source>
        <translation>那个空间已经删掉了。</translation>
    </message>
</context>
<context>
    <name>VersionsView</name>
    <message>
        <source>Earlier versions</source>
        <translation>以前的样子</translation>
    </message>
    <message>
        <source>How this page stood before. Taking one back keeps what stands there now as a version too.</source>
        <translation>这一页以前的样子。拿回其中一个，现在写着的也会留作一个版本。</translation>
    </message>
    <message>
        <source>Words of this version</source>
        <translation>这个版本写的</translation>
    </message>
    <message>
        <source>Take this one back</source>
        <translation>拿回这一个</translation>
    </message>
    <message>
        <source>Forget all earlier versions</source>
        <translation>忘掉所有以前的版本</translation>
    </message>
    <message>
        <source>There is only this version; earlier ones are kept from now on.</source>
        <translation>目前只有这一个版本；从现在起，以前的会留着。</translation>
    </message>
    <message>
        <source>Back to the page</source>
        <translation>回到这一页</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <translation>yyyy 年 M 月 d 日 ddd</translation>
    </message>
    <message>
        <source>They cannot be brought back afterwards; the page stays as it is.</source>
        <translation>忘掉就拿不回来了；这一页本身不变。</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>忘掉它们</translation>
    </message>
</context>
<context>
    <name>WayOut</name>
    <message>
        <source>What can be done</source>
        <translation>可以怎么办</translation>
    </message>
</context>
<context>
    <name>WeekdayChart</name>
    <message>
        <source>Days of the week</source>
        <translation>一周里的每一天</translation>
    </message>
    <message>
        <source>Mean mood of the days, 1 to 5; above it the number of days (n). Outline: fewer than 3.</source>
        <translation>这些日子的平均心情，1 到 5；上面的数字是天数 (n)。只有轮廓的少于 3 天。</translation>
    </message>
    <message>
        <source>Weekday</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>Days (n)</source>
        <translation>天数 (n)</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
</context>
<context>
    <name>WentTogetherChart</name>
    <message>
        <source>What went together</source>
        <translation>常一起出现的事</translation>
    </message>
    <message>
        <source>Mark: mean mood of days with it, less that of days without (in moods, 1 to 5). Line: where it may well lie (95 %). In brackets: days with | days without.</source>
        <translation>点：有它的日子比没有它的日子，平均心情高多少或低多少（心情 1 到 5）。线：差别大概在这个范围里（95 %）。括号里是有它的天数 | 没有它的天数。</translation>
    </message>
    <message>
        <source>Nothing stands out from chance yet. Days that differ by little are the usual case.</source>
        <translation>目前没有哪一样明显超出偶然。差别不大，本来就很常见。</translation>
    </message>
    <message>
        <source>“{name}” went together with a higher mood: {with} on {n_with} days, {without} on the {n_without} days without. Which came first, this cannot say.</source>
        <translation>有“{name}”的日子，心情常常高一些：{n_with} 天平均 {with}，没有它的 {n_without} 天平均 {without}。谁先谁后，这里看不出来。</translation>
    </message>
    <message>
        <source>“{name}” went together with a lower mood: {with} on {n_with} days, {without} on the {n_without} days without. Which came first, this cannot say.</source>
        <translation>有“{name}”的日子，心情常常低一些：{n_with} 天平均 {with}，没有它的 {n_without} 天平均 {without}。谁先谁后，这里看不出来。</translation>
    </message>
    <message>
        <source>Not enough yet: a tag or an exercise needs {count} days with it and {count} days without it.</source>
        <translation>还不够：一个标签或练习，要有 {count} 天有它，{count} 天没有它。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>什么</translation>
    </message>
    <message>
        <source>Days with</source>
        <translation>有它的天数</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Days without</source>
        <translation>没有它的天数</translation>
    </message>
    <message>
        <source>Mean without</source>
        <translation>没有它时平均</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差别</translation>
    </message>
    <message>
        <source>{name}: {difference}; {n_with} days with, {n_without} days without</source>
        <translation>{name}：{difference}；有它 {n_with} 天，没有它 {n_without} 天</translation>
    </message>
    <message>
        <source>Arrow keys read one after the other. Hollow: may be chance; of twenty full ones, one may be chance too.</source>
        <translation>方向键可以一个个地读。空心的可能只是偶然；二十个实心的里，也可能有一个是偶然。</translation>
    </message>
    <message>
        <source>not enough yet</source>
        <translation>还不够</translation>
    </message>
    <message>
        <source>{mean} ({low} to {high})</source>
        <translation>{mean}（{low} 到 {high}）</translation>
    </message>
</context>
<context>
    <name>WhyView</name>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Did I read that right?</source>
        <translation>我这样理解对吗？</translation>
    </message>
    <message>
        <source>Did I hear more in it than you meant?</source>
        <translation>我是不是听出了你没有的意思？</translation>
    </message>
    <message>
        <source>Is it about somebody or something else?</source>
        <translation>说的是别人，或者别的事吗？</translation>
    </message>
    <message>
        <source>You misread me</source>
        <translation>你误会我了</translation>
    </message>
    <message>
        <source>Yes, you misread me</source>
        <translation>是的，你误会我了</translation>
    </message>
    <message>
        <source>This is not about me</source>
        <translation>这不是说我</translation>
    </message>
    <message>
        <source>Yes, it is not about me</source>
        <translation>是的，这不是说我</translation>
    </message>
    <message>
        <source>Leave help as it is</source>
        <translation>求助先留着</translation>
    </message>
    <message>
        <source>This comes from what you wrote earlier. Which words it was is not kept.</source>
        <translation>这来自你之前写的话。具体是哪些字，没有留下来。</translation>
    </message>
    <message>
        <source>I went by these words, together with what you wrote before:</source>
        <translation>我看的是这些字，还有你之前写的：</translation>
    </message>
    <message>
        <source>I went by these words:</source>
        <translation>我看的是这些字：</translation>
    </message>
    <message>
        <source>heard by a rule about words like these</source>
        <translation>由规则听到：清单里有这类说法</translation>
    </message>
    <message>
        <source>heard by the model, which weighs words and how they follow each other</source>
        <translation>由模型听到：它掂量字词，还有它们怎么连在一起</translation>
    </message>
    <message>
        <source>your answer to a question of a scale</source>
        <translation>你对量表里一道题的回答</translation>
    </message>
    <message>
        <source>heard by the encoder, which compares what sentences mean</source>
        <translation>由编码器听到：它比较句子的意思</translation>
    </message>
</context>
<context>
    <name>WorkingLine</name>
    <message>
        <source>Stop</source>
        <translation>停下</translation>
    </message>
</context>
<context>
    <name>WrittenCard</name>
    <message>
        <source>Written replies (no model)</source>
        <translation>写好的回复（不用模型）</translation>
    </message>
    <message>
        <source>Rules choose among sentences written beforehand, by what you write. They make sense and take no memory, but they are limited and sometimes miss the point.</source>
        <translation>按你写的内容，由规则从写好的句子里挑选。句子是通顺的，也不占内存，但数量有限，有时会对不上你的意思。</translation>
    </message>
    <message>
        <source>In use.</source>
        <translation>正在用。</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>用写好的回复</translation>
    </message>
</context>
<context>
    <name>WrittenView</name>
    <message>
        <source>Done</source>
        <translation>好了</translation>
    </message>
    <message>
        <source>Delete this</source>
        <translation>删掉这一次</translation>
    </message>
    <message>
        <source>You are here as a guest: this goes when you leave.</source>
        <translation>你是访客：离开以后这些就没有了。</translation>
    </message>
    <message>
        <source>Kept in your encrypted space on this computer.</source>
        <translation>存在这台电脑上你的加密空间里。</translation>
    </message>
    <message>
        <source>That was it.</source>
        <translation>做到这里了。</translation>
    </message>
    <message>
        <source>Before: {before}. Now: {after}.</source>
        <translation>之前：{before}。现在：{after}。</translation>
    </message>
    <message>
        <source>Before: {before}. After: {after}.</source>
        <translation>之前：{before}。之后：{after}。</translation>
    </message>
    <message>
        <source>It weighs more than it did; looking at a thing can do that. Leave it here for now, or talk to somebody.</source>
        <translation>比开始时更沉了些，看清一件事有时会这样。先放在这儿，或者找个人说说。</translation>
    </message>
    <message>
        <source>No change is an answer too.</source>
        <translation>没有变也是一种回答。</translation>
    </message>
</context>
<context>
    <name>YearPixels</name>
    <message>
        <source>A year in pixels</source>
        <translation>一年的格子</translation>
    </message>
    <message>
        <source>{year}. One cell a day; colour and number (1 to 5) are its mean mood.</source>
        <translation>{year} 年。一格是一天，颜色和数字（1 到 5）是那天的平均心情。</translation>
    </message>
    <message>
        <source>{year}: nothing noted.</source>
        <translation>{year} 年：没有记录。</translation>
    </message>
    <message>
        <source>{year}: one day noted, “{mood}”.</source>
        <translation>{year} 年：记了一天，“{mood}”。</translation>
    </message>
    <message>
        <source>{year}: {count} days noted, most often “{mood}” ({often}); mean {mean} of 5.</source>
        <translation>{year} 年：记了 {count} 天，最常是“{mood}”（{often} 天），平均 {mean}（1 到 5）。</translation>
    </message>
    <message>
        <source>Year before</source>
        <translation>上一年</translation>
    </message>
    <message>
        <source>Year after</source>
        <translation>下一年</translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>A wish</source>
        <translation>一个愿望</translation>
    </message>
    <message>
        <source>A plan</source>
        <translation>一个打算</translation>
    </message>
    <message>
        <source>Something you like</source>
        <translation>你喜欢的</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>对你有帮助的</translation>
    </message>
    <message>
        <source>Your life now</source>
        <translation>你现在的生活</translation>
    </message>
    <message>
        <source>In your words</source>
        <translation>你写的</translation>
    </message>
</context>
<context>
    <name>_UnfinishedLine</name>
    <message>
        <source>{name}: {done} of {total} are copied. It can go on.</source>
        <translation>{name}：{total} 里已经复制了 {done}，可以接着来。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>扔掉</translation>
    </message>
</context>
</TS>

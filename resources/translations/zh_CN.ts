<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘画</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>底色</translation>
    </message>
    <message>
        <source>Frame beside the Picture</source>
        <translation>在画面旁放置选框</translation>
    </message>
    <message>
        <source>Extend without End</source>
        <translation>无尽延续</translation>
    </message>
    <message>
        <source>Do Not Take from Here</source>
        <translation>不取自此处</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Colour Label</source>
        <translation>颜色标签</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Pen pressure makes strokes thinner, and the eraser weaker</source>
        <translation>笔压越轻，笔触越细，橡皮擦越弱</translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation>笔压</translation>
    </message>
    <message>
        <source>Colour of the brush</source>
        <translation>画笔颜色</translation>
    </message>
    <message>
        <source>The colour of the brush: click to choose another. {other}.</source>
        <translation>画笔颜色：单击可另选。{other}。</translation>
    </message>
    <message>
        <source>The one behind it: click to swap</source>
        <translation>后面的颜色：单击可交换</translation>
    </message>
    <message>
        <source>Colour used before</source>
        <translation>用过的颜色</translation>
    </message>
    <message>
        <source>Colour {name}</source>
        <translation>颜色 {name}</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>将图片拖放到这里</translation>
    </message>
    <message>
        <source>{invitation}, or press {keys}</source>
        <translation>{invitation}，或按 {keys}</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>The whole picture; drag the frame to look at another part of it.</source>
        <translation>整幅画面；拖动方框可查看其他部分。</translation>
    </message>
    <message>
        <source>Paint the region</source>
        <translation>绘制区域</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Place and size of the region</source>
        <translation>区域的位置和大小</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>{words} in pixels</source>
        <translation>{words}（像素）</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Use this seed every time</source>
        <translation>每次都用此种子</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>Draws a new number</source>
        <translation>随机取一个新数</translation>
    </message>
    <message>
        <source>Words that steer the painting; none go on with what is there.
With | between, words change along the region.
The key ↓ lists what the model knows.</source>
        <translation>引导绘画的词语；留空则延续已有画面。
用 | 分隔，词语会沿区域变化。
按 ↓ 键可列出模型认识的词语。</translation>
    </message>
    <message>
        <source>Words for the region</source>
        <translation>区域的词语</translation>
    </message>
    <message>
        <source>what to paint…</source>
        <translation>画什么…</translation>
    </message>
    <message>
        <source>continue the painting…</source>
        <translation>延续画面…</translation>
    </message>
    <message>
        <source>Automatic, away from what is there</source>
        <translation>自动，从已有画面向外</translation>
    </message>
    <message>
        <source>ω: columns downwards, going right</source>
        <translation>ω：逐列向下，向右推进</translation>
    </message>
    <message>
        <source>ω*: columns downwards, going left</source>
        <translation>ω*：逐列向下，向左推进</translation>
    </message>
    <message>
        <source>ζ: rows to the right, going down</source>
        <translation>ζ：逐行向右，向下推进</translation>
    </message>
    <message>
        <source>ζ*: rows to the right, going up</source>
        <translation>ζ*：逐行向右，向上推进</translation>
    </message>
    <message>
        <source>{words} · about {time}</source>
        <translation>{words} · 约 {time}</translation>
    </message>
    <message>
        <source>That form is too large to be kept pixel by pixel. Draw a smaller one or drag out a frame.</source>
        <translation>该形状过大，无法逐像素保存。请画小一些，或拖出一个选框。</translation>
    </message>
    <message>
        <source>The two forms lie too far apart for one region. Paint the first one before you draw another.</source>
        <translation>两个形状相距太远，不能合为一个区域。请先绘制第一个，再画另一个。</translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation>画笔笔触</translation>
    </message>
    <message>
        <source>There is nothing to erase here. Unlock a layer or select another one.</source>
        <translation>此处没有可擦除的内容。请解锁图层或选择其他图层。</translation>
    </message>
    <message>
        <source>painting</source>
        <translation>绘制中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>preparing for this computer, a minute or two, only this once</source>
        <translation>正在为这台电脑做准备，一两分钟，仅此一次</translation>
    </message>
    <message>
        <source>How many variants to paint of the region, to choose from</source>
        <translation>为该区域绘制多少个可选变体</translation>
    </message>
    <message>
        <source>The number that all chance comes from</source>
        <translation>一切随机性的来源数</translation>
    </message>
    <message>
        <source>Keep the seed</source>
        <translation>锁定种子</translation>
    </message>
    <message>
        <source>Paint with the same seed every time</source>
        <translation>每次都用同一种子绘制</translation>
    </message>
    <message>
        <source>Place and size</source>
        <translation>位置和大小</translation>
    </message>
    <message>
        <source>Place and size in numbers</source>
        <translation>以数值设置位置和大小</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Paints all of the region anew, what is there as well; it stays below</source>
        <translation>重新绘制整个区域，包括已有内容；原内容保留在下层</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>边缘</translation>
    </message>
    <message>
        <source>Pixels around the region over which what is new goes over into what is there</source>
        <translation>区域周围新旧画面相互过渡的像素数</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Paints the region</source>
        <translation>绘制区域</translation>
    </message>
    <message>
        <source>{keys}, or {front}</source>
        <translation>{keys}，或{front}</translation>
    </message>
    <message>
        <source>before all that waits</source>
        <translation>排在所有等待任务之前</translation>
    </message>
    <message>
        <source>{words} · touches nothing</source>
        <translation>{words} · 未接触任何画面</translation>
    </message>
    <message>
        <source>No picture is near: the model invents freely.</source>
        <translation>附近没有画面：模型将自由发挥。</translation>
    </message>
    <message>
        <source>Order: {words}</source>
        <translation>顺序：{words}</translation>
    </message>
    <message>
        <source>Stops after this token; what is painted stays</source>
        <translation>在当前记号后停止；已绘制的保留</translation>
    </message>
    <message>
        <source>Variant before</source>
        <translation>上一变体</translation>
    </message>
    <message>
        <source>The variant before</source>
        <translation>上一个变体</translation>
    </message>
    <message>
        <source>Next variant</source>
        <translation>下一变体</translation>
    </message>
    <message>
        <source>The next variant</source>
        <translation>下一个变体</translation>
    </message>
    <message>
        <source>Accept what is painted</source>
        <translation>采纳已绘制的部分</translation>
    </message>
    <message>
        <source>Takes what is painted so far into the picture</source>
        <translation>将目前已绘制的部分并入画面</translation>
    </message>
    <message>
        <source>Stops painting; finished patches are kept</source>
        <translation>停止绘制；已完成的图块保留</translation>
    </message>
    <message>
        <source>All variants side by side</source>
        <translation>并排显示所有变体</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Takes this variant; the others are not painted any further</source>
        <translation>采纳此变体；其余不再继续绘制</translation>
    </message>
    <message>
        <source>This could not be painted.</source>
        <translation>未能完成绘制。</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>即将完成</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>+1 more</source>
        <translation>再来一个</translation>
    </message>
    <message>
        <source>One more variant</source>
        <translation>再来一个变体</translation>
    </message>
    <message>
        <source>Paints another variant</source>
        <translation>再绘制一个变体</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>重掷</translation>
    </message>
    <message>
        <source>Re-roll a patch</source>
        <translation>重掷一个图块</translation>
    </message>
    <message>
        <source>Click a patch to have it painted again</source>
        <translation>单击图块可重新绘制</translation>
    </message>
    <message>
        <source>Doubt</source>
        <translation>疑度</translation>
    </message>
    <message>
        <source>Doubt map</source>
        <translation>疑度图</translation>
    </message>
    <message>
        <source>Shows how sure the model was of each patch</source>
        <translation>显示模型对每个图块的把握</translation>
    </message>
    <message>
        <source>Sets the variants aside; the queue keeps them</source>
        <translation>将变体搁置；队列中仍会保留</translation>
    </message>
    <message>
        <source>Makes a layer of this variant</source>
        <translation>将此变体变为图层</translation>
    </message>
    <message>
        <source>{chosen} of {jobs}</source>
        <translation>{chosen} / {jobs}</translation>
    </message>
    <message>
        <source>Click a patch</source>
        <translation>单击图块</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Variants side by side</source>
        <translation>并排显示变体</translation>
    </message>
    <message>
        <source>Variant {number}</source>
        <translation>变体 {number}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>The picture. The arrow keys move over it, plus and minus look closer or from farther away.</source>
        <translation>画面。方向键移动视图，加号和减号放大或缩小。</translation>
    </message>
    <message>
        <source>There is nothing to continue yet. {place}, or drag out a region.</source>
        <translation>还没有可延续的内容。{place}，或拖出一个区域。</translation>
    </message>
    <message>
        <source>Place a picture first</source>
        <translation>请先置入图片</translation>
    </message>
    <message>
        <source>Forget everything that can be undone?</source>
        <translation>要清除所有可撤销的步骤吗？</translation>
    </message>
    <message>
        <source>The picture stays as it is, and the file becomes smaller. Nothing can be undone or redone any more, and variants beside those that you accepted are gone.</source>
        <translation>图片保持不变，文件会变小。此后无法再撤销或重做任何操作，未采纳的变体也会消失。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>This is too large for the clipboard. Choose a smaller region, or {export}.</source>
        <translation>内容过大，无法放入剪贴板。请选择较小的区域，或{export}。</translation>
    </message>
    <message>
        <source>export it</source>
        <translation>将其导出</translation>
    </message>
    <message>
        <source>Copied {width} × {height} px.</source>
        <translation>已复制 {width} × {height} px。</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard. Copy one and try again.</source>
        <translation>剪贴板中没有图片。请复制一张后重试。</translation>
    </message>
    <message>
        <source>About Handscroll</source>
        <translation>关于 Handscroll</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Version {version}, Qt {qt}</source>
        <translation>版本 {version}，Qt {qt}</translation>
    </message>
    <message>
        <source>the engine has not started yet</source>
        <translation>引擎尚未启动</translation>
    </message>
    <message>
        <source>Paints on where a painting ends. Everything happens on this machine; nothing is sent anywhere.</source>
        <translation>在画面结束处继续作画。一切都在本机进行，不会发送任何内容。</translation>
    </message>
    <message>
        <source>It paints with {model} on this device: {device}.</source>
        <translation>使用 {model} 在此设备上绘制：{device}。</translation>
    </message>
    <message>
        <source>An open implementation of NUWA-Infinity. Apache License 2.0. Type: Inter, SIL Open Font License 1.1. Window: Qt, LGPL 3.</source>
        <translation>NUWA-Infinity 的开源实现。Apache License 2.0。字体：Inter，SIL Open Font License 1.1。界面：Qt，LGPL 3。</translation>
    </message>
    <message>
        <source>The welcome pictures are in the public domain: {pictures}.</source>
        <translation>欢迎图片属于公有领域：{pictures}。</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>Shape of “{name}”</source>
        <translation>“{name}”的形状</translation>
    </message>
    <message>
        <source>Keep the ratio</source>
        <translation>保持宽高比</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation>水平</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>垂直</translation>
    </message>
    <message>
        <source>Cut from the {side}</source>
        <translation>裁切：{side}</translation>
    </message>
    <message>
        <source>Cut Off the Border</source>
        <translation>裁掉边框</translation>
    </message>
    <message>
        <source>As It Was</source>
        <translation>恢复原状</translation>
    </message>
    <message>
        <source>Turned</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Cut at the sides</source>
        <translation>左右裁切</translation>
    </message>
    <message>
        <source>above and below</source>
        <translation>上下裁切</translation>
    </message>
    <message>
        <source>A border in one colour was found: {sides}.</source>
        <translation>发现单色边框：{sides}。</translation>
    </message>
    <message>
        <source>There is no document without a name. Every new one would be offered here.</source>
        <translation>没有未命名的文档。新文档会列在这里。</translation>
    </message>
    <message>
        <source>These have no name yet. Nothing in them is lost: open one and go on, or leave them for later.</source>
        <translation>这些文档尚未命名，内容并未丢失：可打开继续，也可留待以后。</translation>
    </message>
    <message>
        <source>Unnamed documents</source>
        <translation>未命名的文档</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Delete this document for good?</source>
        <translation>要永久删除此文档吗？</translation>
    </message>
    <message>
        <source>{found}
It cannot be brought back afterwards.</source>
        <translation>{found}
删除后无法恢复。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Go Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Last changed {changed}
{size:.1f} MiB</source>
        <translation>上次更改 {changed}
{size:.1f} MiB</translation>
    </message>
    <message>
        <source>Last changed {changed}</source>
        <translation>上次更改 {changed}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Back to the Usual</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Size of text and icons</source>
        <translation>文字和图标大小</translation>
    </message>
    <message>
        <source>The size changes at the next start.</source>
        <translation>大小将在下次启动时更改。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>语言将在下次启动时更改。</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>The wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>zooms at the pointer</source>
        <translation>在指针处缩放</translation>
    </message>
    <message>
        <source>moves the picture</source>
        <translation>移动画面</translation>
    </message>
    <message>
        <source>Empty canvas</source>
        <translation>空白画布</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>棋盘格</translation>
    </message>
    <message>
        <source>Regions and pictures snap to 16 px</source>
        <translation>区域和图片对齐到 16 px</translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Patch grid</source>
        <translation>图块网格</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Memory for the picture</source>
        <translation>画面内存</translation>
    </message>
    <message>
        <source>More memory makes large pictures move more smoothly.</source>
        <translation>内存越多，大幅画面移动越流畅。</translation>
    </message>
    <message>
        <source>Engine runs on</source>
        <translation>引擎运行于</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>another one, by SSH</source>
        <translation>另一台电脑（SSH）</translation>
    </message>
    <message>
        <source>Name of that computer</source>
        <translation>那台电脑的名称</translation>
    </message>
    <message>
        <source>as in your SSH configuration</source>
        <translation>与 SSH 配置中相同</translation>
    </message>
    <message>
        <source>Command there</source>
        <translation>那里的命令</translation>
    </message>
    <message>
        <source>Handscroll must be installed there, and your SSH key must open it without a password. Documents stay here; what lies around a region is sent through SSH, and nothing listens on a port.</source>
        <translation>那台电脑上须装有 Handscroll，并且您的 SSH 密钥无需密码即可登录。文档留在本机；只有区域周围的内容经 SSH 发送，不会监听任何端口。</translation>
    </message>
    <message>
        <source>Paint on</source>
        <translation>绘制设备</translation>
    </message>
    <message>
        <source>the fastest device</source>
        <translation>最快的设备</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>the graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>The device changes when the engine starts the next time. The line at the bottom says which it is.</source>
        <translation>设备将在引擎下次启动时更改。底部状态行会显示当前设备。</translation>
    </message>
    <message>
        <source>Show the doubt map over what is staged</source>
        <translation>在待定结果上显示疑度图</translation>
    </message>
    <message>
        <source>Write the recipe into exported PNG files</source>
        <translation>将配方写入导出的 PNG 文件</translation>
    </message>
    <message>
        <source>With it you can see later with which seed and model a picture was painted.</source>
        <translation>以后可查看画面是用哪个种子和模型绘制的。</translation>
    </message>
    <message>
        <source>Show the Folder of Handscroll</source>
        <translation>显示 Handscroll 文件夹</translation>
    </message>
    <message>
        <source>Documents without a name, your own models and these settings are kept in {folder}.</source>
        <translation>未命名文档、您自己的模型和这些设置保存在 {folder}。</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Search by name or by keys, such as “paint” or “Ctrl+Z”</source>
        <translation>按名称或按键搜索，如“绘画”或“Ctrl+Z”</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>全部恢复初始</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>No Keys</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>As at First</source>
        <translation>恢复初始</translation>
    </message>
    <message>
        <source> and </source>
        <translation>和</translation>
    </message>
    <message>
        <source>“{name}” in {menu}</source>
        <translation>{menu}中的“{name}”</translation>
    </message>
    <message>
        <source>{pressed} already calls {others}. Give that other keys first, or choose another one here.</source>
        <translation>{pressed} 已用于{others}。请先更改其按键，或在此另选。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Taken From</source>
        <translation>取材</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>研习</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>约 {bytes}</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>整幅画面</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Each layer, a file of its own</source>
        <translation>每个图层各一个文件</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>宽度（像素）</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高度（像素）</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位</translation>
    </message>
    <message>
        <source>8 bits a channel</source>
        <translation>每通道 8 位</translation>
    </message>
    <message>
        <source>16 bits a channel</source>
        <translation>每通道 16 位</translation>
    </message>
    <message>
        <source>Keep the recipe of the painting in it</source>
        <translation>在文件中保留绘制配方</translation>
    </message>
    <message>
        <source>Keep caption, copyright and camera data</source>
        <translation>保留说明、版权和相机数据</translation>
    </message>
    <message>
        <source>Fill with</source>
        <translation>填充为</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Colour under transparent parts</source>
        <translation>透明部分的底色</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Transparent parts</source>
        <translation>透明部分</translation>
    </message>
    <message>
        <source>Said of it</source>
        <translation>附带信息</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Cut into tiles of {width} × {height} px</source>
        <translation>切成 {width} × {height} px 的分块</translation>
    </message>
    <message>
        <source>Every pixel, with the recipe</source>
        <translation>保留每个像素和配方</translation>
    </message>
    <message>
        <source>Small; nothing is transparent</source>
        <translation>体积小；无透明</translation>
    </message>
    <message>
        <source>Smaller; 100 keeps every pixel</source>
        <translation>更小；100 保留每个像素</translation>
    </message>
    <message>
        <source>The smallest, slow to write</source>
        <translation>最小，写入较慢</translation>
    </message>
    <message>
        <source>Every pixel, for printing</source>
        <translation>保留每个像素，适合印刷</translation>
    </message>
    <message>
        <source>Layers, for Krita, GIMP, MyPaint</source>
        <translation>含图层，用于 Krita、GIMP、MyPaint</translation>
    </message>
    <message>
        <source>{path} needs one of the suffixes {suffixes}, which say how it is written.</source>
        <translation>{path} 需要以下后缀之一：{suffixes}，以决定写入格式。</translation>
    </message>
    <message>
        <source>{width}×{height} is too large for {name}, which ends at {ends}. Export it smaller, as PNG or TIFF, or in tiles of {across}×{down}.</source>
        <translation>{width}×{height} 对 {name} 而言过大，其上限为 {ends}。请缩小导出、改用 PNG 或 TIFF，或分成 {across}×{down} 的分块。</translation>
    </message>
    <message>
        <source>{most} pixels a side</source>
        <translation>每边 {most} 像素</translation>
    </message>
    <message>
        <source>{side} and {most} million in all</source>
        <translation>{side}，总计 {most} 百万像素</translation>
    </message>
    <message>
        <source>{name} does not keep {bits} bits; PNG and TIFF keep 8 or 16.</source>
        <translation>{name} 不支持 {bits} 位；PNG 和 TIFF 支持 8 或 16 位。</translation>
    </message>
    <message>
        <source>For everyone, everywhere</source>
        <translation>人人可用，处处可播</translation>
    </message>
    <message>
        <source>Smaller, for the web</source>
        <translation>体积更小，适合网页</translation>
    </message>
    <message>
        <source>Goes round by itself; 256 colours</source>
        <translation>自动循环；256 色</translation>
    </message>
    <message>
        <source>Goes round by itself; all colours</source>
        <translation>自动循环；全部颜色</translation>
    </message>
    <message>
        <source>PNG frames</source>
        <translation>PNG 序列</translation>
    </message>
    <message>
        <source>A folder; every pixel of every frame</source>
        <translation>文件夹；每帧的每个像素</translation>
    </message>
    <message>
        <source>There is nothing to export: no clip lies in this part of the canvas and of the time.</source>
        <translation>没有可导出的内容：画布和时间的这一部分没有片段。</translation>
    </message>
    <message>
        <source>The scale must be above 0 and at most {most}.</source>
        <translation>缩放必须大于 0 且不超过 {most}。</translation>
    </message>
    <message>
        <source>This part of the canvas is too large for a film. Frame a smaller region, or export one clip.</source>
        <translation>画布的这一部分对影片而言过大。请框选较小区域，或导出单个片段。</translation>
    </message>
    <message>
        <source>The memory does not suffice, and nothing was written. Export a smaller part, or a folder of PNGs.</source>
        <translation>内存不足，未写入任何内容。请导出较小部分，或导出为 PNG 文件夹。</translation>
    </message>
    <message>
        <source>The quality must be from 1 to 100.</source>
        <translation>质量必须在 1 到 100 之间。</translation>
    </message>
    <message>
        <source>{name} holds all layers in one file of any size. Choose another format for single ones.</source>
        <translation>{name} 将所有图层存于一个任意大小的文件。如需单独导出，请选择其他格式。</translation>
    </message>
    <message>
        <source>Tiles must be at least one pixel wide and high.</source>
        <translation>分块的宽和高至少为一个像素。</translation>
    </message>
    <message>
        <source>There is nothing to export yet. Place or paint a picture first.</source>
        <translation>还没有可导出的内容。请先置入或绘制画面。</translation>
    </message>
    <message>
        <source>There is nothing to export: the region is empty, or all layers are hidden.</source>
        <translation>没有可导出的内容：区域为空，或所有图层都已隐藏。</translation>
    </message>
    <message>
        <source>There is nothing to export: no layer has anything in the region.</source>
        <translation>没有可导出的内容：区域中没有任何图层内容。</translation>
    </message>
    <message>
        <source>{path} is a folder; add a file name.</source>
        <translation>{path} 是文件夹；请加上文件名。</translation>
    </message>
    <message>
        <source>{path} is the document itself. Give the export another name.</source>
        <translation>{path} 就是文档本身。请为导出另取名称。</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>将要写入的内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message numerus="yes">
        <source>%n files in {folder}</source>
        <translation>
            <numerusform>{folder} 中的 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported {where}.</source>
        <translation>已导出 {where}。</translation>
    </message>
    <message>
        <source>The export was cancelled; nothing was written.</source>
        <translation>导出已取消；未写入任何内容。</translation>
    </message>
    <message>
        <source>It stops as soon as what is being packed is done; nothing will be written.</source>
        <translation>当前打包完成后即停止；不会写入任何内容。</translation>
    </message>
    <message>
        <source>Handscroll documents ({pattern})</source>
        <translation>Handscroll 文档 ({pattern})</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>Documents and pictures ({patterns})</source>
        <translation>文档和图片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Place pictures</source>
        <translation>置入图片</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>保存副本</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>This document has no name yet.</source>
        <translation>此文档尚未命名。</translation>
    </message>
    <message>
        <source>It can be kept as it is, and is offered to you the next time; or you save it under a name.</source>
        <translation>可以原样保留，下次会再次提供；也可以命名保存。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Keep It for Later</source>
        <translation>留待以后</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Forget These</source>
        <translation>清除记录</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>手册</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>History, the oldest first</source>
        <translation>历史记录，最早的在前</translation>
    </message>
    <message>
        <source>What you do is listed here. A click goes back to it.</source>
        <translation>您的操作会列在这里。单击即可返回该步。</translation>
    </message>
    <message>
        <source>Hide this layer</source>
        <translation>隐藏此图层</translation>
    </message>
    <message>
        <source>Show this layer</source>
        <translation>显示此图层</translation>
    </message>
    <message>
        <source>Lock this layer</source>
        <translation>锁定此图层</translation>
    </message>
    <message>
        <source>Unlock this layer</source>
        <translation>解锁此图层</translation>
    </message>
    <message>
        <source>ready to accept</source>
        <translation>可以采纳</translation>
    </message>
    <message>
        <source>Layers, the topmost first</source>
        <translation>图层，最上层在前</translation>
    </message>
    <message>
        <source>Drop a picture on the canvas, or drag out a region and paint.</source>
        <translation>将图片拖到画布上，或拖出一个区域并绘制。</translation>
    </message>
    <message>
        <source>Add an empty layer</source>
        <translation>添加空白图层</translation>
    </message>
    <message>
        <source>Duplicate this layer</source>
        <translation>复制此图层</translation>
    </message>
    <message>
        <source>Delete this layer</source>
        <translation>删除此图层</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>waits to be painted</source>
        <translation>等待绘制</translation>
    </message>
    <message>
        <source>is being painted</source>
        <translation>正在绘制</translation>
    </message>
    <message>
        <source>is out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>variant {chosen} of {jobs}</source>
        <translation>变体 {chosen} / {jobs}</translation>
    </message>
    <message>
        <source>frame {number} {words}</source>
        <translation>第 {number} 帧{words}</translation>
    </message>
    <message>
        <source>is half painted</source>
        <translation>绘制到一半</translation>
    </message>
    <message numerus="yes">
        <source>%n patches</source>
        <translation>
            <numerusform>%n 个图块</numerusform>
        </translation>
    </message>
    <message>
        <source>done, others follow</source>
        <translation>完成，其余继续</translation>
    </message>
    <message>
        <source>Staged, {name}</source>
        <translation>待定，{name}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Handscroll models ({pattern})</source>
        <translation>Handscroll 模型 ({pattern})</translation>
    </message>
    <message>
        <source>Import Model File…</source>
        <translation>导入模型文件…</translation>
    </message>
    <message>
        <source>Import Model Folder…</source>
        <translation>导入模型文件夹…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Forget History…</source>
        <translation>清除历史记录…</translation>
    </message>
    <message>
        <source>Above</source>
        <translation>上方</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>下方</translation>
    </message>
    <message>
        <source>A Panorama: Its Right End Meets Its Left</source>
        <translation>全景图：右端与左端相接</translation>
    </message>
    <message>
        <source>Remove Frame</source>
        <translation>移除选框</translation>
    </message>
    <message>
        <source>Previous Variant</source>
        <translation>上一个变体</translation>
    </message>
    <message>
        <source>Next Variant</source>
        <translation>下一个变体</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>采纳</translation>
    </message>
    <message>
        <source>Variants Side by Side</source>
        <translation>并排显示变体</translation>
    </message>
    <message>
        <source>One More Variant</source>
        <translation>再来一个变体</translation>
    </message>
    <message>
        <source>Paint One Patch Again</source>
        <translation>重绘一个图块</translation>
    </message>
    <message>
        <source>Restore Discarded Variants</source>
        <translation>找回已丢弃的内容</translation>
    </message>
    <message>
        <source>Propose Marks</source>
        <translation>建议标记</translation>
    </message>
    <message>
        <source>Take from Everywhere Again</source>
        <translation>恢复从各处取样</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Region Brush</source>
        <translation>区域画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Eyedropper</source>
        <translation>吸管</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>抓手</translation>
    </message>
    <message>
        <source>Smaller Brush</source>
        <translation>缩小画笔</translation>
    </message>
    <message>
        <source>Larger Brush</source>
        <translation>放大画笔</translation>
    </message>
    <message>
        <source>Swap Colours</source>
        <translation>交换颜色</translation>
    </message>
    <message>
        <source>Black and White</source>
        <translation>黑白默认色</translation>
    </message>
    <message>
        <source>Make a Clip</source>
        <translation>创建片段</translation>
    </message>
    <message>
        <source>Animate</source>
        <translation>制作动画</translation>
    </message>
    <message>
        <source>Play or Pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>One Frame Back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One Frame On</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>First Frame</source>
        <translation>第一帧</translation>
    </message>
    <message>
        <source>Last Frame</source>
        <translation>最后一帧</translation>
    </message>
    <message>
        <source>Loop Playback</source>
        <translation>循环播放</translation>
    </message>
    <message>
        <source>Onion Skin</source>
        <translation>洋葱皮</translation>
    </message>
    <message>
        <source>Keyframe…</source>
        <translation>关键帧…</translation>
    </message>
    <message>
        <source>Remove Keyframe</source>
        <translation>移除关键帧</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Import the folder of a model</source>
        <translation>导入模型文件夹</translation>
    </message>
    <message>
        <source>Export a model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>Rename model</source>
        <translation>重命名模型</translation>
    </message>
    <message>
        <source>Delete the model “{name}” for good?</source>
        <translation>要永久删除模型“{name}”吗？</translation>
    </message>
    <message>
        <source>What was painted with it stays; patches can no longer be painted again with it.</source>
        <translation>用它绘制的内容会保留；但不能再用它重绘图块。</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>磁盘占用</translation>
    </message>
    <message>
        <source>In memory</source>
        <translation>内存占用</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>continues pictures</source>
        <translation>延续画面</translation>
    </message>
    <message>
        <source>paints from words</source>
        <translation>按词语绘制</translation>
    </message>
    <message>
        <source>moving pictures</source>
        <translation>动态画面</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>preparing, only this once</source>
        <translation>正在准备，仅此一次</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>已用内存</translation>
    </message>
    <message>
        <source>A patch takes</source>
        <translation>每图块耗时</translation>
    </message>
    <message>
        <source>Import, export, rename and delete models</source>
        <translation>导入、导出、重命名和删除模型</translation>
    </message>
    <message>
        <source>Look for models again</source>
        <translation>重新查找模型</translation>
    </message>
    <message>
        <source>There is no model. Put one into the folder of models, and look again.</source>
        <translation>没有模型。请将模型放入模型文件夹后重新查找。</translation>
    </message>
    <message>
        <source>Paint with this model</source>
        <translation>使用此模型绘制</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>关于此模型</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source> · in use</source>
        <translation> · 使用中</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>about {memory_mib}</source>
        <translation>约 {memory_mib}</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>Move the pointer over a painted patch to see how it was made.</source>
        <translation>将指针移到已绘制的图块上，查看其绘制方式。</translation>
    </message>
    <message>
        <source>This was placed or drawn by hand; there is no recipe for it.</source>
        <translation>这是置入或手绘的内容，没有配方。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>二分之一</translation>
    </message>
    <message>
        <source>A third</source>
        <translation>三分之一</translation>
    </message>
    <message>
        <source>A quarter</source>
        <translation>四分之一</translation>
    </message>
    <message>
        <source>Follow the picture</source>
        <translation>遵循画面</translation>
    </message>
    <message>
        <source>How far what is painted is made of what the picture shows, down to its brushwork. 0 % is the model alone.</source>
        <translation>绘制内容在多大程度上取自画面，直至其笔触。0 % 为仅用模型。</translation>
    </message>
    <message>
        <source>Calm to lively</source>
        <translation>平静到生动</translation>
    </message>
    <message>
        <source>Calm goes on with the ground and lets little begin; lively sets things into it.</source>
        <translation>平静延续底色，少生新物；生动则添入景物。</translation>
    </message>
    <message>
        <source>How small it is painted before it gets the picture&apos;s own brushwork. Small sees whole forms; full size sees only leaves and strokes.</source>
        <translation>在赋予画面自身笔触之前，先缩多小来画。缩小可见整体形状；原始大小只见枝叶和笔触。</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Marks seals, signatures and lettering, to be seen and changed with the brush</source>
        <translation>标记印章、签名和文字，可查看并用画笔修改</translation>
    </message>
    <message>
        <source>Everything may be taken from again</source>
        <translation>恢复可从各处取样</translation>
    </message>
    <message>
        <source>Do not take from</source>
        <translation>不取自</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Low stays close to what is likely, high dares more. 1.00 is the model&apos;s own.</source>
        <translation>低则贴近常理，高则更大胆。1.00 为模型自身取值。</translation>
    </message>
    <message>
        <source>Follow the words</source>
        <translation>遵循词语</translation>
    </message>
    <message>
        <source>How strictly words are followed. Above 1.00 painting takes twice the time.</source>
        <translation>遵循词语的严格程度。高于 1.00 时绘制时间加倍。</translation>
    </message>
    <message>
        <source>Grain</source>
        <translation>颗粒</translation>
    </message>
    <message>
        <source>How much of the surface of the picture, its weave or paper, what is painted gets.</source>
        <translation>绘制内容带有多少画面表面质感，如布纹或纸纹。</translation>
    </message>
    <message>
        <source>Keep this seed: the same region is painted the same way again</source>
        <translation>锁定此种子：相同区域将以相同方式绘制</translation>
    </message>
    <message>
        <source>Columns, to the right</source>
        <translation>逐列，向右</translation>
    </message>
    <message>
        <source>Columns, to the left</source>
        <translation>逐列，向左</translation>
    </message>
    <message>
        <source>Rows, downwards</source>
        <translation>逐行，向下</translation>
    </message>
    <message>
        <source>Rows, upwards</source>
        <translation>逐行，向上</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a model. Use up to 64 letters, digits, spaces and - _ . ( ) +.</source>
        <translation>“{name}”不能作为模型名称。最多 64 个字母、数字、空格及 - _ . ( ) +。</translation>
    </message>
    <message>
        <source>{path} does not exist; check its spelling.</source>
        <translation>{path} 不存在；请检查拼写。</translation>
    </message>
    <message>
        <source>There is a model called “{name}” already. Choose another name, or delete that model first.</source>
        <translation>已有名为“{name}”的模型。请另选名称，或先删除该模型。</translation>
    </message>
    <message>
        <source>There is a model called “{name}” already. Choose another name.</source>
        <translation>已有名为“{name}”的模型。请另选名称。</translation>
    </message>
    <message>
        <source>{source} is no model that can be used: {problem}</source>
        <translation>{source} 不是可用的模型：{problem}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>{source} is damaged or no model file. Export or download it again.</source>
        <translation>{source} 已损坏或不是模型文件。请重新导出或下载。</translation>
    </message>
    <message>
        <source>{source} is damaged: {name} is not what was exported. Export or download it again.</source>
        <translation>{source} 已损坏：{name} 与导出内容不符。请重新导出或下载。</translation>
    </message>
    <message>
        <source>{source} holds {filename}, which is no part of a model. It was not imported.</source>
        <translation>{source} 含有不属于模型的 {filename}。未导入。</translation>
    </message>
    <message>
        <source>{source} would take more than {most} GiB. It was not imported.</source>
        <translation>{source} 将占用超过 {most} GiB。未导入。</translation>
    </message>
    <message>
        <source>it has no config.json.</source>
        <translation>缺少 config.json。</translation>
    </message>
    <message>
        <source>it holds no weights as safetensors; other formats can run code, so they are not read.</source>
        <translation>不含 safetensors 权重；其他格式可能执行代码，故不读取。</translation>
    </message>
    <message>
        <source>its config.json does not describe a model.</source>
        <translation>其 config.json 未描述模型。</translation>
    </message>
    <message>
        <source>“{name}” is not one of your own models, so it stays as it is.</source>
        <translation>“{name}”不是您自己的模型，因此保持不变。</translation>
    </message>
    <message>
        <source>{path}: {error}. Nothing was changed.</source>
        <translation>{path}：{error}。未作任何更改。</translation>
    </message>
    <message>
        <source>Freedom</source>
        <translation>自由度</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Bits per token</source>
        <translation>每记号比特数</translation>
    </message>
    <message>
        <source>Follows the picture</source>
        <translation>遵循画面</translation>
    </message>
    <message>
        <source>Painted at</source>
        <translation>绘制尺寸</translation>
    </message>
    <message>
        <source>Taken from</source>
        <translation>取自</translation>
    </message>
    <message>
        <source>Taken as it stands</source>
        <translation>原样取用</translation>
    </message>
    <message>
        <source>Hold this recipe while the pointer moves on</source>
        <translation>指针移开时保持显示此配方</translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation>使用此配方</translation>
    </message>
    <message>
        <source>Model, seed, freedom, order and words for what is painted next</source>
        <translation>用于后续绘制的模型、种子、自由度、顺序和词语</translation>
    </message>
    <message>
        <source>The recipe of this patch is set for what you paint next.</source>
        <translation>此图块的配方已用于接下来的绘制。</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>{strength:.0f} %, {lively:.0f} % lively</source>
        <translation>{strength:.0f} %，生动 {lively:.0f} %</translation>
    </message>
    <message numerus="yes">
        <source>this picture, %n places</source>
        <translation>
            <numerusform>此画面，%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>no one place</source>
        <translation>无特定位置</translation>
    </message>
    <message>
        <source>full size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>1 / {scale} of its size</source>
        <translation>原大的 1 / {scale}</translation>
    </message>
    <message>
        <source>, at most {width} × {height} px</source>
        <translation>，最大 {width} × {height} px</translation>
    </message>
    <message>
        <source>Films ({patterns})</source>
        <translation>影片 ({patterns})</translation>
    </message>
    <message>
        <source>Learn a painting on this computer, to go on in its hand, or how films move. Nothing leaves it.</source>
        <translation>在本机上学习一幅画，以其笔法继续作画；也可学习影片的动态。任何内容都不会离开本机。</translation>
    </message>
    <message>
        <source>Learning “{}”</source>
        <translation>正在学习“{}”</translation>
    </message>
    <message>
        <source>“{}” pauses</source>
        <translation>“{}”正在暂停</translation>
    </message>
    <message>
        <source>“{}” comes to its end</source>
        <translation>“{}”即将结束</translation>
    </message>
    <message>
        <source>“{}” waits</source>
        <translation>“{}”等待中</translation>
    </message>
    <message>
        <source>“{}” could not go on</source>
        <translation>“{}”无法继续</translation>
    </message>
    <message>
        <source>“{}” is learned</source>
        <translation>“{}”已学成</translation>
    </message>
    <message>
        <source>Go on with {name}</source>
        <translation>继续 {name}</translation>
    </message>
    <message>
        <source>Give up the study {name}; its model stays</source>
        <translation>放弃研习 {name}；其模型保留</translation>
    </message>
    <message>
        <source>“{name}” waits</source>
        <translation>“{name}”等待中</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Pictures…</source>
        <translation>图片…</translation>
    </message>
    <message>
        <source>Learn pictures</source>
        <translation>学习图片</translation>
    </message>
    <message>
        <source>Films…</source>
        <translation>影片…</translation>
    </message>
    <message>
        <source>Learn films</source>
        <translation>学习影片</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>What Is on the Canvas</source>
        <translation>画布上的内容</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Learn the mirror images too</source>
        <translation>也学习镜像</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>起始模型</translation>
    </message>
    <message>
        <source>What is seen of the layer “{layer}”</source>
        <translation>图层“{layer}”的可见部分</translation>
    </message>
    <message>
        <source>All that is on the canvas</source>
        <translation>画布上的全部内容</translation>
    </message>
    <message>
        <source>Learn a folder of pictures or films</source>
        <translation>学习图片或影片文件夹</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop and Keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Paint with It</source>
        <translation>用它绘制</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>the clip was changed; animate it again</source>
        <translation>片段已更改；请重新制作动画</translation>
    </message>
    <message>
        <source>accepted before it was finished</source>
        <translation>未完成即采纳</translation>
    </message>
    <message>
        <source>Queue, the next first</source>
        <translation>队列，下一个在前</translation>
    </message>
    <message>
        <source>Nothing is waiting to be painted. Regions and films line up here.</source>
        <translation>没有等待绘制的内容。区域和影片会在此排队。</translation>
    </message>
    <message>
        <source>Show variants again</source>
        <translation>重新显示变体</translation>
    </message>
    <message>
        <source>To the front of the queue</source>
        <translation>移到队首</translation>
    </message>
    <message>
        <source>Film: {name}</source>
        <translation>影片：{name}</translation>
    </message>
    <message>
        <source>Film of a clip that is gone</source>
        <translation>已删除片段的影片</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>Try again from the last finished patch</source>
        <translation>从最后完成的图块重试</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Remove; its painted frames stay</source>
        <translation>移除；已绘制的帧保留</translation>
    </message>
    <message>
        <source>Remove with its result</source>
        <translation>连同结果一起移除</translation>
    </message>
    <message>
        <source>This film does not go on: {why}.</source>
        <translation>此影片不会继续：{why}。</translation>
    </message>
    <message>
        <source>its clip is not on the timeline any more</source>
        <translation>其片段已不在时间轴上</translation>
    </message>
    <message>
        <source>could not go on; see below</source>
        <translation>无法继续；见下</translation>
    </message>
    <message>
        <source>out of date; see below</source>
        <translation>已过期；见下</translation>
    </message>
    <message>
        <source>frame {number} of {frames}</source>
        <translation>第 {number} 帧，共 {frames} 帧</translation>
    </message>
    <message>
        <source>{done} of {frames} frames</source>
        <translation>{done} / {frames} 帧</translation>
    </message>
    <message>
        <source>{best} bits per token at best, {first} at first</source>
        <translation>每记号最佳 {best} 比特，起初 {first}</translation>
    </message>
    <message>
        <source>learning its strokes</source>
        <translation>正在学习笔触</translation>
    </message>
    <message>
        <source>looking at the pictures</source>
        <translation>正在观看图片</translation>
    </message>
    <message>
        <source>Bits per token as it learns</source>
        <translation>学习过程中的每记号比特数</translation>
    </message>
    <message>
        <source>{first} at first, {best} at best</source>
        <translation>起初 {first}，最佳 {best}</translation>
    </message>
    <message>
        <source>Bits per token on the held-out end: the lower, the better it foresees the painting</source>
        <translation>留出端的每记号比特数：越低，对画面的预见越好</translation>
    </message>
    <message>
        <source>The end of the picture, painted on by what is learned so far</source>
        <translation>用目前所学续画的画面末端</translation>
    </message>
    <message>
        <source>the engine is starting</source>
        <translation>引擎正在启动</translation>
    </message>
    <message>
        <source>the engine is at rest</source>
        <translation>引擎已休眠</translation>
    </message>
    <message>
        <source>the engine prepares itself for this computer, only this once</source>
        <translation>引擎正在为这台电脑做准备，仅此一次</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>指针</translation>
    </message>
    <message>
        <source>News</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Memory of the engine</source>
        <translation>引擎内存</translation>
    </message>
    <message>
        <source>Seconds a patch</source>
        <translation>每图块秒数</translation>
    </message>
    <message>
        <source>engine {size}</source>
        <translation>引擎 {size}</translation>
    </message>
    <message>
        <source>{seconds:.2f} s a patch</source>
        <translation>每图块 {seconds:.2f} 秒</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Close ({more} more)</source>
        <translation>关闭（还有 {more} 条）</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>drag layers</source>
        <translation>拖动图层</translation>
    </message>
    <message>
        <source>drag out what is to be painted</source>
        <translation>拖出要绘制的范围</translation>
    </message>
    <message>
        <source>draw round what is to be painted</source>
        <translation>圈出要绘制的范围</translation>
    </message>
    <message>
        <source>brush over what is to be painted</source>
        <translation>刷出要绘制的范围</translation>
    </message>
    <message>
        <source>brush over what nothing is to be taken from; Alt takes it back</source>
        <translation>刷出不得取样之处；按 Alt 取消</translation>
    </message>
    <message>
        <source>paint with a colour; the engine goes on from it</source>
        <translation>用颜色绘画；引擎会由此继续</translation>
    </message>
    <message>
        <source>take away; what is gone can be painted again</source>
        <translation>擦除；擦掉的部分可重新绘制</translation>
    </message>
    <message>
        <source>take a colour from the picture</source>
        <translation>从画面中取色</translation>
    </message>
    <message>
        <source>drag the canvas</source>
        <translation>拖动画布</translation>
    </message>
    <message>
        <source>Drag a {frame} beside the landscape, then {press}: it goes on from there.</source>
        <translation>在山水旁拖出一个{frame}，然后{press}：画面将由此延续。</translation>
    </message>
    <message>
        <source>Hakone, by Hiroshige</source>
        <translation>箱根，广重</translation>
    </message>
    <message>
        <source>Kanbara, by Hiroshige</source>
        <translation>蒲原，广重</translation>
    </message>
    <message>
        <source>Landscape after Huang Gongwang</source>
        <translation>仿黄公望山水</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>选框</translation>
    </message>
    <message>
        <source>press {keys}</source>
        <translation>按 {keys}</translation>
    </message>
    <message>
        <source>paint it</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>The canvas is empty</source>
        <translation>画布为空</translation>
    </message>
    <message>
        <source>Place a Picture…</source>
        <translation>置入图片…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Split at the Playhead</source>
        <translation>在播放头处分割</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Longer by 10 Frames</source>
        <translation>延长 10 帧</translation>
    </message>
    <message>
        <source>Begin at the Playhead</source>
        <translation>从播放头开始</translation>
    </message>
    <message>
        <source>End at the Playhead</source>
        <translation>在播放头结束</translation>
    </message>
    <message>
        <source>Move Only the Region</source>
        <translation>仅让区域运动</translation>
    </message>
    <message>
        <source>Seamless Loop</source>
        <translation>首尾相接</translation>
    </message>
    <message>
        <source>Replace Still with Chosen Layer</source>
        <translation>用所选图层替换其画面</translation>
    </message>
    <message>
        <source>New Layer</source>
        <translation>新建图层</translation>
    </message>
    <message>
        <source>Scale, Turn, Cut…</source>
        <translation>缩放、旋转、裁切…</translation>
    </message>
    <message>
        <source>Mirror Sideways</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Mirror Upside Down</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>Turn to the Right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Turn to the Left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Cut to Region</source>
        <translation>裁切到区域</translation>
    </message>
    <message>
        <source>Merge Down</source>
        <translation>向下合并</translation>
    </message>
    <message>
        <source>Flatten Visible</source>
        <translation>拼合可见图层</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Select Layer Above</source>
        <translation>选择上一层</translation>
    </message>
    <message>
        <source>Select Layer Below</source>
        <translation>选择下一层</translation>
    </message>
    <message>
        <source>Show or Hide</source>
        <translation>显示或隐藏</translation>
    </message>
    <message>
        <source>Lock or Unlock</source>
        <translation>锁定或解锁</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Pictures That Are Painted From</source>
        <translation>取材图片</translation>
    </message>
    <message>
        <source>Recipe under the Pointer</source>
        <translation>指针处的配方</translation>
    </message>
    <message>
        <source>Models and Device</source>
        <translation>模型和设备</translation>
    </message>
    <message>
        <source>Hide All Panels</source>
        <translation>隐藏所有面板</translation>
    </message>
    <message>
        <source>Reset Layout</source>
        <translation>面板复位</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Follow System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Welcome Picture</source>
        <translation>欢迎图片</translation>
    </message>
    <message>
        <source>To the Right</source>
        <translation>向右</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Unnamed Documents…</source>
        <translation>未命名的文档…</translation>
    </message>
    <message>
        <source>Place Picture…</source>
        <translation>置入图片…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation>保存副本…</translation>
    </message>
    <message>
        <source>Export Film…</source>
        <translation>导出影片…</translation>
    </message>
    <message>
        <source>Close Document</source>
        <translation>关闭文档</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Copy Picture</source>
        <translation>复制画面</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Erase in Region</source>
        <translation>擦除区域内容</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Shortcuts…</source>
        <translation>快捷键…</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit Picture</source>
        <translation>适合画面</translation>
    </message>
    <message>
        <source>Fit Region</source>
        <translation>适合区域</translation>
    </message>
    <message>
        <source>Patch Grid</source>
        <translation>图块网格</translation>
    </message>
    <message>
        <source>Doubt Map</source>
        <translation>疑度图</translation>
    </message>
    <message>
        <source>Snap to 16 px</source>
        <translation>对齐到 16 px</translation>
    </message>
    <message>
        <source>Paint Region</source>
        <translation>绘制区域</translation>
    </message>
    <message>
        <source>Paint Region First</source>
        <translation>优先绘制区域</translation>
    </message>
    <message>
        <source>Replace Region</source>
        <translation>替换区域</translation>
    </message>
    <message>
        <source>Pause or Go On</source>
        <translation>暂停或继续</translation>
    </message>
    <message>
        <source>To the Left</source>
        <translation>向左</translation>
    </message>
    <message>
        <source>Stop Extending</source>
        <translation>不再延续</translation>
    </message>
    <message>
        <source>It goes on as you scroll. {name} ends it.</source>
        <translation>滚动时会不断延续。按 {name} 结束。</translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation>打开最近</translation>
    </message>
    <message>
        <source>Region {width} × {height} px at {x}, {y}</source>
        <translation>区域 {width} × {height} px，位于 {x}, {y}</translation>
    </message>
    <message>
        <source>Undo {step}</source>
        <translation>撤销 {step}</translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation>重做 {step}</translation>
    </message>
    <message>
        <source>Clear Region</source>
        <translation>清除区域</translation>
    </message>
    <message>
        <source>Delete Layer</source>
        <translation>删除图层</translation>
    </message>
    <message>
        <source>Export Film</source>
        <translation>导出影片</translation>
    </message>
    <message>
        <source>Clip “{name}”</source>
        <translation>片段“{name}”</translation>
    </message>
    <message>
        <source>Region over time</source>
        <translation>区域随时间变化</translation>
    </message>
    <message>
        <source>Whole canvas over time</source>
        <translation>整个画布随时间变化</translation>
    </message>
    <message>
        <source>Frames a second of a GIF</source>
        <translation>GIF 每秒帧数</translation>
    </message>
    <message>
        <source>Keep what is transparent</source>
        <translation>保留透明部分</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>This format holds nothing transparent: it becomes paper</source>
        <translation>此格式不支持透明：将变为纸色</translation>
    </message>
    <message numerus="yes">
        <source>%n frames</source>
        <translation>
            <numerusform>%n 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are not painted yet: the still stands in for them.</source>
        <translation>
            <numerusform>%n 帧尚未绘制：以静止画面代替。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are out of date and show what was painted before.</source>
        <translation>
            <numerusform>%n 帧已过期，显示的是之前绘制的内容。</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder for the frames</source>
        <translation>帧文件夹</translation>
    </message>
    <message>
        <source>The export failed ({kind}: {error}). Nothing was written.</source>
        <translation>导出失败（{kind}：{error}）。未写入任何内容。</translation>
    </message>
    <message>
        <source>Name the computer that paints, as your SSH configuration does, under Settings › Engine.</source>
        <translation>请在“设置 › 引擎”中填写负责绘制的电脑，名称与 SSH 配置中相同。</translation>
    </message>
    <message>
        <source>{host} does not know the command “{command}”{why}. Settings › Engine has it.</source>
        <translation>{host} 不认识命令“{command}”{why}。可在“设置 › 引擎”中修改。</translation>
    </message>
    <message>
        <source>The connection to {host} is broken{why}.</source>
        <translation>与 {host} 的连接已中断{why}。</translation>
    </message>
    <message>
        <source>{host} cannot be reached{why}.</source>
        <translation>无法连接到 {host}{why}。</translation>
    </message>
    <message>
        <source>The engine on {host} has ended{why}.</source>
        <translation>{host} 上的引擎已结束{why}。</translation>
    </message>
    <message>
        <source>The engine was ended from outside, perhaps because the memory of this computer was full.</source>
        <translation>引擎被外部终止，可能是因为本机内存已满。</translation>
    </message>
    <message>
        <source>The engine has crashed ({name}).</source>
        <translation>引擎已崩溃（{name}）。</translation>
    </message>
    <message>
        <source>The engine has ended unexpectedly.</source>
        <translation>引擎意外终止。</translation>
    </message>
    <message>
        <source>The engine has ended unexpectedly (code {code}).</source>
        <translation>引擎意外终止（代码 {code}）。</translation>
    </message>
    <message>
        <source>signal {number}</source>
        <translation>信号 {number}</translation>
    </message>
    <message>
        <source>Its finished patches are kept; try again to go on from there.</source>
        <translation>已完成的图块已保留；重试即可从那里继续。</translation>
    </message>
    <message>
        <source>{sentence} It goes on with at most {smaller} at once.</source>
        <translation>{sentence} 将以同时最多 {smaller} 个继续。</translation>
    </message>
    <message>
        <source>{sentence} Painting goes on with at most {smaller} at once.</source>
        <translation>{sentence} 将以同时最多 {smaller} 个继续绘制。</translation>
    </message>
    <message>
        <source>There was not enough memory to paint. {kept} The next attempt takes at most {smaller} at once; closing other programs helps as well.</source>
        <translation>内存不足，无法绘制。{kept} 下次同时最多 {smaller} 个；关闭其他程序也有帮助。</translation>
    </message>
    <message>
        <source>{reason} That has happened twice. {kept}</source>
        <translation>{reason} 已发生两次。{kept}</translation>
    </message>
    <message>
        <source>It was started again, and painting goes on from the last finished patch.</source>
        <translation>已重新启动，从最后完成的图块继续绘制。</translation>
    </message>
    <message>
        <source>The engine ended while it looked at the model. {reason}</source>
        <translation>引擎在查看模型时终止。{reason}</translation>
    </message>
    <message>
        <source>What was learned up to a moment before is kept: go on from there.</source>
        <translation>此前不久所学的内容已保留：可从那里继续。</translation>
    </message>
    <message>
        <source>There is nothing to go on from yet. Place a picture or paint one first.</source>
        <translation>还没有可延续的内容。请先置入或绘制画面。</translation>
    </message>
    <message>
        <source>It goes on to the right as you scroll there.</source>
        <translation>向右滚动时不断延续。</translation>
    </message>
    <message>
        <source>It goes on to the left as you scroll there.</source>
        <translation>向左滚动时不断延续。</translation>
    </message>
    <message>
        <source>It does not go on any further.</source>
        <translation>不再延续。</translation>
    </message>
    <message>
        <source>A clip has at least 2 frames, not {frames}: one frame is the picture itself.</source>
        <translation>片段至少需要 2 帧，而非 {frames} 帧：其中一帧是画面本身。</translation>
    </message>
    <message>
        <source>Copy {name}</source>
        <translation>复制 {name}</translation>
    </message>
    <message>
        <source>A clip is split between two of its frames. Put the playhead inside it.</source>
        <translation>片段在两帧之间分割。请将播放头置于片段内。</translation>
    </message>
    <message>
        <source>Rename clip</source>
        <translation>重命名片段</translation>
    </message>
    <message>
        <source>Move clip</source>
        <translation>移动片段</translation>
    </message>
    <message>
        <source>The clip has frames 0 to {length}. Trim it to some of these.</source>
        <translation>片段包含第 0 至 {length} 帧。请在此范围内修剪。</translation>
    </message>
    <message>
        <source>Trim clip</source>
        <translation>修剪片段</translation>
    </message>
    <message>
        <source>A clip has at least one frame. Delete it if you do not want it any more.</source>
        <translation>片段至少有一帧。若不再需要请将其删除。</translation>
    </message>
    <message>
        <source>Change length</source>
        <translation>更改长度</translation>
    </message>
    <message>
        <source>Change words</source>
        <translation>更改词语</translation>
    </message>
    <message>
        <source>Change what moves</source>
        <translation>更改运动部分</translation>
    </message>
    <message>
        <source>Loop clip</source>
        <translation>循环片段</translation>
    </message>
    <message>
        <source>Do not loop clip</source>
        <translation>不循环片段</translation>
    </message>
    <message>
        <source>Change model</source>
        <translation>更改模型</translation>
    </message>
    <message>
        <source>There is no picture to animate. Choose a layer that has one and is visible.</source>
        <translation>没有可制作动画的画面。请选择含有画面且可见的图层。</translation>
    </message>
    <message>
        <source>Frames of {width} × {height} pixels are too large for a film. Animate a smaller picture.</source>
        <translation>{width} × {height} 像素的帧对影片而言过大。请用较小的画面。</translation>
    </message>
    <message>
        <source>“{name}” has transparent parts, and a film has none. Paint or fill them first, or put a layer beneath.</source>
        <translation>“{name}”含透明部分，而影片不支持透明。请先绘制或填充，或在下方放置图层。</translation>
    </message>
    <message>
        <source>{frames} frames are too many for one clip; the limit is {most}. Make several clips.</source>
        <translation>{frames} 帧超出单个片段的上限 {most}。请创建多个片段。</translation>
    </message>
    <message>
        <source>{name} may not be written, so this is a copy of it. Give it a name to keep it.</source>
        <translation>{name} 不可写入，因此这是其副本。请命名以保留。</translation>
    </message>
    <message>
        <source>A copy was saved as {name}.</source>
        <translation>副本已保存为 {name}。</translation>
    </message>
    <message>
        <source>Untitled — kept</source>
        <translation>未命名 — 已保留</translation>
    </message>
    <message>
        <source>{name} — saved</source>
        <translation>{name} — 已保存</translation>
    </message>
    <message>
        <source>{name} — changed</source>
        <translation>{name} — 已更改</translation>
    </message>
    <message>
        <source>{name} is saved.</source>
        <translation>{name} 已保存。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>{path} cannot be read: {error}.</source>
        <translation>无法读取 {path}：{error}。</translation>
    </message>
    <message>
        <source>{path} is not a drawing that can be read, or it is damaged. Save it as a PNG and take that.</source>
        <translation>{path} 不是可读取的图形，或已损坏。请另存为 PNG 后使用。</translation>
    </message>
    <message>
        <source>All frames of this clip are painted. Make it longer, or change its words or what moves.</source>
        <translation>此片段的所有帧均已绘制。可将其延长，或更改词语或运动部分。</translation>
    </message>
    <message numerus="yes">
        <source>Painting %n frames of {name}.</source>
        <translation>
            <numerusform>正在绘制 {name} 的 %n 帧。</numerusform>
        </translation>
    </message>
    <message>
        <source>is not here</source>
        <translation>不在此处</translation>
    </message>
    <message>
        <source>paints pictures, not films</source>
        <translation>只画图片，不画影片</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>The model “{name}” {what}. Models for films that are here: {able}. The clip is kept; choose one of these for it, or import one, and animate again.</source>
        <translation>模型“{name}”{what}。可用的影片模型：{able}。片段已保留；请为其选择其中之一或导入一个，再制作动画。</translation>
    </message>
    <message>
        <source>Reading {name} …</source>
        <translation>正在读取 {name}…</translation>
    </message>
    <message>
        <source>Placing {name}, {width} × {height} px …</source>
        <translation>正在置入 {name}，{width} × {height} px…</translation>
    </message>
    <message>
        <source>{name} is placed.</source>
        <translation>{name} 已置入。</translation>
    </message>
    <message>
        <source>{name} could not be placed ({kind}: {error}).</source>
        <translation>无法置入 {name}（{kind}：{error}）。</translation>
    </message>
    <message>
        <source>{name} was drawn {width} × {height} px large.</source>
        <translation>{name} 已以 {width} × {height} px 绘制。</translation>
    </message>
    <message>
        <source>The clip has frames 0 to {length}, and {number} is none of them.</source>
        <translation>片段包含第 0 至 {length} 帧，{number} 不在其中。</translation>
    </message>
    <message>
        <source>Every frame of this clip has a keyframe already. Make the clip longer to copy one.</source>
        <translation>此片段每一帧都已有关键帧。请延长片段后再复制。</translation>
    </message>
    <message>
        <source>This keyframe is not on the timeline any more.</source>
        <translation>此关键帧已不在时间轴上。</translation>
    </message>
    <message>
        <source>The region lies outside of “{name}”, so nothing would move. Drag it over the picture.</source>
        <translation>区域位于“{name}”之外，因此不会有任何运动。请将其拖到画面上。</translation>
    </message>
    <message>
        <source>Merge {name} down</source>
        <translation>向下合并 {name}</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>拼合</translation>
    </message>
    <message>
        <source>Shape layer</source>
        <translation>变换图层</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>This layer is turned, so a region cannot cut its sides. Use its handles with Ctrl.</source>
        <translation>此图层已旋转，无法用区域裁切。请按住 Ctrl 拖动其控制柄。</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>裁切</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Looking at {name}…</source>
        <translation>正在查看 {name}…</translation>
    </message>
    <message>
        <source>“{name}” can be painted with now.</source>
        <translation>现在可以使用“{name}”绘制。</translation>
    </message>
    <message>
        <source>The model was not imported. {why}</source>
        <translation>模型未导入。{why}</translation>
    </message>
    <message>
        <source>It</source>
        <translation>它</translation>
    </message>
    <message>
        <source>“{name}” was exported as {file}.</source>
        <translation>“{name}”已导出为 {file}。</translation>
    </message>
    <message>
        <source>There is nothing on the canvas to learn. Place a picture, or choose files.</source>
        <translation>画布上没有可学习的内容。请置入图片或选择文件。</translation>
    </message>
    <message>
        <source>{width}×{height} px are too many. Choose a smaller layer, or export it first.</source>
        <translation>{width}×{height} px 过大。请选择较小的图层，或先将其导出。</translation>
    </message>
    <message>
        <source>{folder} cannot be written: {error}.</source>
        <translation>无法写入 {folder}：{error}。</translation>
    </message>
    <message>
        <source>“{name}” is learned. Choose it under Model to paint in its hand.</source>
        <translation>“{name}”已学成。在“模型”中选择它，即可以其笔法绘制。</translation>
    </message>
    <message>
        <source>Do not take from here</source>
        <translation>不取自此处</translation>
    </message>
    <message>
        <source>No small marks that stand by themselves were found. Brush over what nothing is to be taken from.</source>
        <translation>未发现独立的小标记。请刷出不得取样之处。</translation>
    </message>
    <message>
        <source>Take from here again</source>
        <translation>恢复从此处取样</translation>
    </message>
    <message>
        <source>Take from everywhere again</source>
        <translation>恢复从各处取样</translation>
    </message>
    <message>
        <source>Looking for seals, signatures and lettering.</source>
        <translation>正在查找印章、签名和文字。</translation>
    </message>
    <message>
        <source>Propose marks</source>
        <translation>建议标记</translation>
    </message>
    <message>
        <source>What looks like a mark is hatched: brush over what is missing, and with Alt over what may be taken from.</source>
        <translation>疑似标记之处已画斜线：请补刷遗漏之处，按住 Alt 刷可取样之处。</translation>
    </message>
    <message>
        <source>Paint from words</source>
        <translation>按词语绘制</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填补</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>延展</translation>
    </message>
    <message>
        <source>All layers in sight are locked. Unlock one to clear the region.</source>
        <translation>所有可见图层均已锁定。请解锁其中之一以清除区域。</translation>
    </message>
    <message>
        <source>Clear region</source>
        <translation>清除区域</translation>
    </message>
    <message>
        <source>Erase in region</source>
        <translation>擦除区域内容</translation>
    </message>
    <message>
        <source>Drag out a region first: with the region tool or the lasso.</source>
        <translation>请先拖出一个区域：使用区域工具或套索。</translation>
    </message>
    <message>
        <source>There is nothing in the region that could be erased.</source>
        <translation>区域中没有可擦除的内容。</translation>
    </message>
    <message>
        <source>Drag out a region first: with the region tool, beside the picture or over a hole.</source>
        <translation>请先用区域工具在画面旁或空缺处拖出一个区域。</translation>
    </message>
    <message>
        <source>Drag out a region over what is to be replaced: with the region tool or the lasso.</source>
        <translation>请在要替换的内容上拖出区域：使用区域工具或套索。</translation>
    </message>
    <message>
        <source>Painting {width} × {height} px.</source>
        <translation>正在绘制 {width} × {height} px。</translation>
    </message>
    <message>
        <source>There is nothing to play yet. Put a picture on the timeline first.</source>
        <translation>还没有可播放的内容。请先将图片放到时间轴上。</translation>
    </message>
    <message>
        <source>{speed} times as fast cannot be played: give {least} to {most}.</source>
        <translation>无法以 {speed} 倍速播放：请指定 {least} 至 {most}。</translation>
    </message>
    <message>
        <source>{rate} frames per second cannot be shown: give {least} to {most}.</source>
        <translation>无法以每秒 {rate} 帧显示：请指定 {least} 至 {most}。</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>已重做</translation>
    </message>
    <message>
        <source>The history is forgotten, but the file is as large as before. {reason}</source>
        <translation>历史记录已清除，但文件大小与之前相同。{reason}</translation>
    </message>
    <message>
        <source>The history is forgotten. The file is {size:.1f} MB smaller.</source>
        <translation>历史记录已清除。文件减小了 {size:.1f} MB。</translation>
    </message>
    <message>
        <source>There is nothing more to go back or forth to.</source>
        <translation>没有更多可撤销或重做的步骤。</translation>
    </message>
    <message>
        <source>Patch {done} of {total} is done.</source>
        <translation>图块 {done} / {total} 已完成。</translation>
    </message>
    <message>
        <source>accept it, look at its variants, or set it aside</source>
        <translation>可采纳、查看变体或搁置</translation>
    </message>
    <message>
        <source>The film is painted: play it.</source>
        <translation>影片已绘制完成：请播放。</translation>
    </message>
    <message>
        <source>The painting is done: {what}.</source>
        <translation>绘制完成：{what}。</translation>
    </message>
    <message>
        <source>Variant {chosen} of {jobs}.</source>
        <translation>变体 {chosen} / {jobs}。</translation>
    </message>
    <message>
        <source>There is nothing to accept yet: paint a region first.</source>
        <translation>还没有可采纳的内容：请先绘制区域。</translation>
    </message>
    <message>
        <source>This variant is still being painted. Wait for it, or pause it to accept what is there.</source>
        <translation>此变体仍在绘制。请等待，或暂停以采纳已有部分。</translation>
    </message>
    <message>
        <source>Accepted: it is a layer of the picture now.</source>
        <translation>已采纳：现为画面的一个图层。</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Painted</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>填补</translation>
    </message>
    <message>
        <source>to the left</source>
        <translation>向左</translation>
    </message>
    <message>
        <source>to the right</source>
        <translation>向右</translation>
    </message>
    <message>
        <source>upwards</source>
        <translation>向上</translation>
    </message>
    <message>
        <source>downwards</source>
        <translation>向下</translation>
    </message>
    <message>
        <source>Continuation {side}</source>
        <translation>延续（{side}）</translation>
    </message>
    <message>
        <source>Set aside. The queue keeps the variants until you remove them there.</source>
        <translation>已搁置。变体会保留在队列中，直至您将其移除。</translation>
    </message>
    <message>
        <source>Nothing was set aside.</source>
        <translation>没有搁置的内容。</translation>
    </message>
    <message>
        <source>There is no finished patch to paint again at this place.</source>
        <translation>此处没有可重绘的已完成图块。</translation>
    </message>
    <message>
        <source>“{name}” is on the timeline, where it stays as it was. To animate it as it is now, exchange the picture of its clip for this layer (menu Time, Clip).</source>
        <translation>“{name}”在时间轴上保持原样。若要以现状制作动画，请用此图层替换其片段的画面（菜单“时间”→“片段”）。</translation>
    </message>
    <message>
        <source>This clip is not on the timeline any more.</source>
        <translation>此片段已不在时间轴上。</translation>
    </message>
    <message>
        <source>Name of the clip</source>
        <translation>片段名称</translation>
    </message>
    <message>
        <source>The key ↓ lists what the model knows.</source>
        <translation>按 ↓ 键可列出模型认识的词语。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>what moves: mist drifts left, rain begins…</source>
        <translation>什么在动：mist drifts left, rain begins…</translation>
    </message>
    <message>
        <source>Take this keyframe away</source>
        <translation>移除此关键帧</translation>
    </message>
    <message>
        <source>Move only the region</source>
        <translation>仅让区域运动</translation>
    </message>
    <message>
        <source>Move all of it</source>
        <translation>让全部运动</translation>
    </message>
    <message>
        <source>From the first frame on</source>
        <translation>从第一帧起</translation>
    </message>
    <message>
        <source>From frame {number} on</source>
        <translation>从第 {number} 帧起</translation>
    </message>
    <message>
        <source>{width} × {height} px of it move</source>
        <translation>其中 {width} × {height} px 运动</translation>
    </message>
    <message>
        <source>all of it moves</source>
        <translation>全部运动</translation>
    </message>
    <message>
        <source>moves as before</source>
        <translation>运动同前</translation>
    </message>
    <message>
        <source>Drag out a region on the canvas first.</source>
        <translation>请先在画布上拖出一个区域。</translation>
    </message>
    <message>
        <source>Painted By</source>
        <translation>绘制模型</translation>
    </message>
    <message>
        <source>Time › Make a Clip</source>
        <translation>时间 › 创建片段</translation>
    </message>
    <message>
        <source>A still that is to move comes here. Place a picture first, then press {keys}.</source>
        <translation>要动起来的静止画面放在这里。请先置入图片，再按 {keys}。</translation>
    </message>
    <message>
        <source>the part in the frame</source>
        <translation>选框中的部分</translation>
    </message>
    <message>
        <source>the chosen layer</source>
        <translation>所选图层</translation>
    </message>
    <message>
        <source>Press {keys} to set {what} in motion: it becomes a clip of {frames} frames.</source>
        <translation>按 {keys} 让{what}动起来：它将成为 {frames} 帧的片段。</translation>
    </message>
    <message>
        <source>A clip is split before a later frame than its first. Move the playhead on.</source>
        <translation>片段只能在第一帧之后分割。请将播放头后移。</translation>
    </message>
    <message>
        <source>The playhead is not on “{name}”. Move it there first: nothing was changed.</source>
        <translation>播放头不在“{name}”上。请先移到该处：未作任何更改。</translation>
    </message>
    <message>
        <source>There is none for films</source>
        <translation>没有影片模型</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Click or drag to go to a frame.</source>
        <translation>单击或拖动可转到某一帧。</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>过期</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>{name}, {length} frames from frame {start}</source>
        <translation>{name}，从第 {start} 帧起共 {length} 帧</translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>The keyframe at frame {number} is chosen; the arrow keys move it.</source>
        <translation>已选择第 {number} 帧的关键帧；方向键可移动它。</translation>
    </message>
    <message>
        <source>The arrow keys step through frames.</source>
        <translation>方向键逐帧移动。</translation>
    </message>
    <message numerus="yes">
        <source>%n clips; {chosen}. {arrows}</source>
        <translation>
            <numerusform>%n 个片段；{chosen}。{arrows}</numerusform>
        </translation>
    </message>
    <message>
        <source>a part</source>
        <translation>局部</translation>
    </message>
    <message>
        <source>animation</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>frame {number}</source>
        <translation>第 {number} 帧</translation>
    </message>
    <message>
        <source>copy · frame {number}</source>
        <translation>复制 · 第 {number} 帧</translation>
    </message>
    <message>
        <source>{words}
Double-click: words from this frame on</source>
        <translation>{words}
双击：从此帧起的词语</translation>
    </message>
    <message>
        <source>Frame {number} · drag: to another one, with Ctrl a copy · double-click: its words</source>
        <translation>第 {number} 帧 · 拖动：移到另一帧，按 Ctrl 复制 · 双击：其词语</translation>
    </message>
    <message>
        <source>only a part of it moves</source>
        <translation>仅局部运动</translation>
    </message>
    <message>
        <source>{name}: {moves}
Double-click: another name</source>
        <translation>{name}：{moves}
双击：更改名称</translation>
    </message>
    <message>
        <source>Drag: shorter or longer</source>
        <translation>拖动：缩短或延长</translation>
    </message>
    <message>
        <source>Frame {number}: {state}</source>
        <translation>第 {number} 帧：{state}</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>To the first frame</source>
        <translation>转到第一帧</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>To the last frame</source>
        <translation>转到最后一帧</translation>
    </message>
    <message>
        <source>Play round and round</source>
        <translation>循环播放</translation>
    </message>
    <message>
        <source>Onion skin: the frame before in red, the one after in green</source>
        <translation>洋葱皮：前一帧为红，后一帧为绿</translation>
    </message>
    <message>
        <source>Keyframe: other words from here on</source>
        <translation>关键帧：从此处起使用其他词语</translation>
    </message>
    <message>
        <source>Split the clip at the playhead</source>
        <translation>在播放头处分割片段</translation>
    </message>
    <message>
        <source>Stop painting this clip; finished frames stay</source>
        <translation>停止绘制此片段；已完成的帧保留</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>How fast it is played</source>
        <translation>播放速度</translation>
    </message>
    <message>
        <source>frame {number} · {seconds:.2f} s</source>
        <translation>第 {number} 帧 · {seconds:.2f} 秒</translation>
    </message>
    <message>
        <source>Paint the frames that wait or are out of date</source>
        <translation>绘制等待中或已过期的帧</translation>
    </message>
    <message>
        <source>{state} · {done} of {frames} frames</source>
        <translation>{state} · {done} / {frames} 帧</translation>
    </message>
    <message>
        <source>all frames are painted</source>
        <translation>所有帧均已绘制</translation>
    </message>
    <message>
        <source>{left} to paint</source>
        <translation>待绘制 {left}</translation>
    </message>
    <message>
        <source>, {stale} of them out of date</source>
        <translation>，其中 {stale} 已过期</translation>
    </message>
    <message>
        <source> · about {time}</source>
        <translation> · 约 {time}</translation>
    </message>
    <message>
        <source>out of date: </source>
        <translation>已过期：</translation>
    </message>
    <message>
        <source>Place {name}</source>
        <translation>置入 {name}</translation>
    </message>
    <message>
        <source>Accept {name}</source>
        <translation>采纳 {name}</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>添加图层</translation>
    </message>
    <message>
        <source>Duplicate {name}</source>
        <translation>复制 {name}</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>删除 {name}</translation>
    </message>
    <message>
        <source>Colour label</source>
        <translation>颜色标签</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>重命名图层</translation>
    </message>
    <message>
        <source>Show layer</source>
        <translation>显示图层</translation>
    </message>
    <message>
        <source>Hide layer</source>
        <translation>隐藏图层</translation>
    </message>
    <message>
        <source>Lock layer</source>
        <translation>锁定图层</translation>
    </message>
    <message>
        <source>Unlock layer</source>
        <translation>解锁图层</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>移动图层</translation>
    </message>
    <message>
        <source>Reorder layers</source>
        <translation>调整图层顺序</translation>
    </message>
    <message>
        <source>Animate {name}</source>
        <translation>为 {name} 制作动画</translation>
    </message>
    <message>
        <source>Split {name}</source>
        <translation>分割 {name}</translation>
    </message>
    <message>
        <source>Swap the still</source>
        <translation>替换静止画面</translation>
    </message>
    <message>
        <source>Change keyframe</source>
        <translation>更改关键帧</translation>
    </message>
    <message>
        <source>Add keyframe</source>
        <translation>添加关键帧</translation>
    </message>
    <message>
        <source>Move keyframe</source>
        <translation>移动关键帧</translation>
    </message>
    <message>
        <source>Copy keyframe</source>
        <translation>复制关键帧</translation>
    </message>
    <message>
        <source>Delete keyframe</source>
        <translation>删除关键帧</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>Say what to paint, and pictures to paint from are chosen. Drop pictures here to choose them yourself.</source>
        <translation>写出要画的内容，便会选取取材图片。也可将图片拖到这里自行选择。</translation>
    </message>
    <message>
        <source>Paint from these pictures</source>
        <translation>取材于这些图片</translation>
    </message>
    <message>
        <source>Out of nothing, what is painted is made of them, down to the brushwork</source>
        <translation>无中生有时，绘制内容取自这些图片，直至其笔触</translation>
    </message>
    <message>
        <source>This picture</source>
        <translation>这幅画</translation>
    </message>
    <message>
        <source>Everything visible</source>
        <translation>所有可见内容</translation>
    </message>
    <message>
        <source>Everything and these</source>
        <translation>全部和这些</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>仅这些</translation>
    </message>
    <message>
        <source>Beside a picture</source>
        <translation>在图画旁边</translation>
    </message>
    <message>
        <source>What a region beside a picture is painted from</source>
        <translation>图画旁边的区域取材于何处</translation>
    </message>
    <message>
        <source>Add Pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Words choose from the pictures of this folder, too, from now on</source>
        <translation>今后词语也会从此文件夹的图片中选取</translation>
    </message>
    <message>
        <source>No picture is known by {words}.</source>
        <translation>没有与 {words} 对应的图片。</translation>
    </message>
    <message>
        <source>Add Pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Add Folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>{name} is gone</source>
        <translation>{name} 已不存在</translation>
    </message>
    <message>
        <source>Keep this picture when the words change</source>
        <translation>词语改变时保留此图片</translation>
    </message>
    <message>
        <source>Take another picture for these words</source>
        <translation>为这些词语另取一张图片</translation>
    </message>
    <message>
        <source>Do not paint from this picture</source>
        <translation>不取材于此图片</translation>
    </message>
    <message>
        <source>There is no other picture for these words.</source>
        <translation>这些词语没有其他图片。</translation>
    </message>
    <message>
        <source>{path} was not closed properly. Open it in Handscroll once, then export it.</source>
        <translation>{path} 未正常关闭。请先在 Handscroll 中打开一次，再导出。</translation>
    </message>
    <message>
        <source>no layer at all</source>
        <translation>没有任何图层</translation>
    </message>
    <message>
        <source>There is no layer “{name}”; the document has {have}.</source>
        <translation>没有图层“{name}”；文档中有 {have}。</translation>
    </message>
    <message>
        <source>A layer that was to be exported is not in the picture any more. Choose the layers again.</source>
        <translation>要导出的某个图层已不在画面中。请重新选择图层。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({kind}: {error}).</source>
        <translation>发生意外错误（{kind}：{error}）。</translation>
    </message>
    <message>
        <source>{sentence} What is painted is kept in the file.</source>
        <translation>{sentence} 已绘制的内容保存在文件中。</translation>
    </message>
    <message>
        <source>The engine is starting.</source>
        <translation>引擎正在启动。</translation>
    </message>
    <message>
        <source>The engine is ready.</source>
        <translation>引擎已就绪。</translation>
    </message>
    <message>
        <source>The engine paints.</source>
        <translation>引擎正在绘制。</translation>
    </message>
    <message>
        <source>The engine prepares itself for this computer. This takes a minute or two, only this once.</source>
        <translation>引擎正在为这台电脑做准备。需要一两分钟，仅此一次。</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>引擎未运行。</translation>
    </message>
    <message>
        <source>Start It Now</source>
        <translation>立即启动</translation>
    </message>
    <message>
        <source>Send the model “{name}” to {host}?</source>
        <translation>要将模型“{name}”发送到 {host} 吗？</translation>
    </message>
    <message>
        <source>It is not there yet ({mib:.0f} MiB). Once sent, it is kept there.</source>
        <translation>那里还没有它（{mib:.0f} MiB）。发送一次后会保留在那里。</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Do Not Send</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>{device} on {host}</source>
        <translation>{host} 上的 {device}</translation>
    </message>
    <message>
        <source>{program} could not be started.</source>
        <translation>无法启动 {program}。</translation>
    </message>
    <message>
        <source>The engine has moved.</source>
        <translation>引擎的运行位置已更改。</translation>
    </message>
    <message>
        <source>{name} could not be sent. {problem}</source>
        <translation>{name} 无法发送。{problem}</translation>
    </message>
    <message>
        <source>{name} is not on {host}, and was not sent. Choose another model, or paint here.</source>
        <translation>{name} 不在 {host} 上，也未发送。请选择其他模型，或在本机绘制。</translation>
    </message>
    <message>
        <source>This is too much to send to the engine at once. Choose a smaller region, or fewer frames.</source>
        <translation>一次发送给引擎的内容过多。请选择较小的区域或减少帧数。</translation>
    </message>
    <message>
        <source>“{text}” came in place of a message.</source>
        <translation>收到的不是消息，而是“{text}”。</translation>
    </message>
    <message>
        <source>It is another version of Handscroll: install the same one on both computers.</source>
        <translation>Handscroll 版本不同：请在两台电脑上安装相同的版本。</translation>
    </message>
    <message>
        <source>A message came that is too long to be one.</source>
        <translation>收到一条过长的消息。</translation>
    </message>
    <message>
        <source>A message of an unknown kind came ({kind}).</source>
        <translation>收到一条未知类型的消息（{kind}）。</translation>
    </message>
    <message>
        <source>A message came that cannot be read ({reason}).</source>
        <translation>收到一条无法读取的消息（{reason}）。</translation>
    </message>
    <message>
        <source>the CPU was asked for</source>
        <translation>指定使用 CPU</translation>
    </message>
    <message>
        <source>no CUDA device found</source>
        <translation>未找到 CUDA 设备</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n threads</source>
        <translation>
            <numerusform>CPU，%n 个线程</numerusform>
        </translation>
    </message>
    <message>
        <source>What this was to be painted from is gone. Remove it from the queue.</source>
        <translation>绘制所依据的内容已不存在。请将其从队列中移除。</translation>
    </message>
</context>
</TS>

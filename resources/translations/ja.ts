<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>View</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>描画</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>レイヤー</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>ヘルプ</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>赤</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>オレンジ</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>緑</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>グレー</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>下地</translation>
    </message>
    <message>
        <source>Frame beside the Picture</source>
        <translation>絵の横に枠を置く</translation>
    </message>
    <message>
        <source>Extend without End</source>
        <translation>終わりなく続ける</translation>
    </message>
    <message>
        <source>Do Not Take from Here</source>
        <translation>ここからは取らない</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>ブラシ</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>クリップ</translation>
    </message>
    <message>
        <source>Colour Label</source>
        <translation>カラーラベル</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬さ</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Pen pressure makes strokes thinner, and the eraser weaker</source>
        <translation>筆圧が弱いと線が細く、消しゴムも弱くなります</translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation>筆圧</translation>
    </message>
    <message>
        <source>Colour of the brush</source>
        <translation>ブラシの色</translation>
    </message>
    <message>
        <source>The colour of the brush: click to choose another. {other}.</source>
        <translation>ブラシの色。クリックで別の色を選びます。{other}。</translation>
    </message>
    <message>
        <source>The one behind it: click to swap</source>
        <translation>後ろの色：クリックで入れ替え</translation>
    </message>
    <message>
        <source>Colour used before</source>
        <translation>以前に使った色</translation>
    </message>
    <message>
        <source>Colour {name}</source>
        <translation>色 {name}</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>ここに画像をドロップ</translation>
    </message>
    <message>
        <source>{invitation}, or press {keys}</source>
        <translation>{invitation}、または {keys} を押す</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>全体図</translation>
    </message>
    <message>
        <source>The whole picture; drag the frame to look at another part of it.</source>
        <translation>絵の全体。枠をドラッグすると別の部分が見えます。</translation>
    </message>
    <message>
        <source>Paint the region</source>
        <translation>領域を描く</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>バリエーション</translation>
    </message>
    <message>
        <source>Place and size of the region</source>
        <translation>領域の位置と大きさ</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高さ</translation>
    </message>
    <message>
        <source>{words} in pixels</source>
        <translation>{words}（ピクセル）</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>シード</translation>
    </message>
    <message>
        <source>Use this seed every time</source>
        <translation>毎回このシードを使う</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>別のシード</translation>
    </message>
    <message>
        <source>Draws a new number</source>
        <translation>新しい番号を引きます</translation>
    </message>
    <message>
        <source>Words that steer the painting; none go on with what is there.
With | between, words change along the region.
The key ↓ lists what the model knows.</source>
        <translation>描画を導く言葉。空なら今ある絵を続けます。
| で区切ると、領域に沿って言葉が変わります。
↓ キーでモデルの知っている言葉を一覧します。</translation>
    </message>
    <message>
        <source>Words for the region</source>
        <translation>領域の言葉</translation>
    </message>
    <message>
        <source>what to paint…</source>
        <translation>何を描くか…</translation>
    </message>
    <message>
        <source>continue the painting…</source>
        <translation>絵を続ける…</translation>
    </message>
    <message>
        <source>Automatic, away from what is there</source>
        <translation>自動（今ある絵から外へ）</translation>
    </message>
    <message>
        <source>ω: columns downwards, going right</source>
        <translation>ω：列を下へ、右へ進む</translation>
    </message>
    <message>
        <source>ω*: columns downwards, going left</source>
        <translation>ω*：列を下へ、左へ進む</translation>
    </message>
    <message>
        <source>ζ: rows to the right, going down</source>
        <translation>ζ：行を右へ、下へ進む</translation>
    </message>
    <message>
        <source>ζ*: rows to the right, going up</source>
        <translation>ζ*：行を右へ、上へ進む</translation>
    </message>
    <message>
        <source>{words} · about {time}</source>
        <translation>{words} · 約 {time}</translation>
    </message>
    <message>
        <source>That form is too large to be kept pixel by pixel. Draw a smaller one or drag out a frame.</source>
        <translation>この形は大きすぎてピクセル単位で保持できません。もっと小さく描くか、枠をドラッグしてください。</translation>
    </message>
    <message>
        <source>The two forms lie too far apart for one region. Paint the first one before you draw another.</source>
        <translation>二つの形が離れすぎていて一つの領域にできません。先に一つ目を描いてください。</translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation>ブラシストローク</translation>
    </message>
    <message>
        <source>There is nothing to erase here. Unlock a layer or select another one.</source>
        <translation>ここには消すものがありません。レイヤーのロックを外すか、別のレイヤーを選んでください。</translation>
    </message>
    <message>
        <source>painting</source>
        <translation>描画中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>preparing for this computer, a minute or two, only this once</source>
        <translation>このコンピューター用に準備中（1～2分、初回のみ）</translation>
    </message>
    <message>
        <source>How many variants to paint of the region, to choose from</source>
        <translation>選べるように領域を何通り描くか</translation>
    </message>
    <message>
        <source>The number that all chance comes from</source>
        <translation>すべての偶然の元になる番号</translation>
    </message>
    <message>
        <source>Keep the seed</source>
        <translation>シードを固定</translation>
    </message>
    <message>
        <source>Paint with the same seed every time</source>
        <translation>毎回同じシードで描く</translation>
    </message>
    <message>
        <source>Place and size</source>
        <translation>位置と大きさ</translation>
    </message>
    <message>
        <source>Place and size in numbers</source>
        <translation>位置と大きさを数値で</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Paints all of the region anew, what is there as well; it stays below</source>
        <translation>今ある部分も含めて領域全体を描き直します。元の絵は下に残ります</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>境界</translation>
    </message>
    <message>
        <source>Pixels around the region over which what is new goes over into what is there</source>
        <translation>新しい絵が今ある絵になじむ、領域のまわりのピクセル数</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Paints the region</source>
        <translation>領域を描きます</translation>
    </message>
    <message>
        <source>{keys}, or {front}</source>
        <translation>{keys}、または{front}</translation>
    </message>
    <message>
        <source>before all that waits</source>
        <translation>待機中のものより先に</translation>
    </message>
    <message>
        <source>{words} · touches nothing</source>
        <translation>{words} · 何にも接していない</translation>
    </message>
    <message>
        <source>No picture is near: the model invents freely.</source>
        <translation>近くに絵がないので、モデルが自由に描きます。</translation>
    </message>
    <message>
        <source>Order: {words}</source>
        <translation>順序：{words}</translation>
    </message>
    <message>
        <source>Stops after this token; what is painted stays</source>
        <translation>このトークンで止まります。描いた分は残ります</translation>
    </message>
    <message>
        <source>Variant before</source>
        <translation>前のバリエーション</translation>
    </message>
    <message>
        <source>The variant before</source>
        <translation>前のバリエーション</translation>
    </message>
    <message>
        <source>Next variant</source>
        <translation>次のバリエーション</translation>
    </message>
    <message>
        <source>The next variant</source>
        <translation>次のバリエーション</translation>
    </message>
    <message>
        <source>Accept what is painted</source>
        <translation>描いた分を採用</translation>
    </message>
    <message>
        <source>Takes what is painted so far into the picture</source>
        <translation>ここまで描いた分を絵に取り入れます</translation>
    </message>
    <message>
        <source>Stops painting; finished patches are kept</source>
        <translation>描画を止めます。仕上がったパッチは残ります</translation>
    </message>
    <message>
        <source>All variants side by side</source>
        <translation>すべてのバリエーションを並べて表示</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>Takes this variant; the others are not painted any further</source>
        <translation>このバリエーションを採用し、ほかは描くのをやめます</translation>
    </message>
    <message>
        <source>This could not be painted.</source>
        <translation>これは描けませんでした。</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>残り {time}</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>まもなく完了</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>+1 more</source>
        <translation>+1 追加</translation>
    </message>
    <message>
        <source>One more variant</source>
        <translation>バリエーションをもう一つ</translation>
    </message>
    <message>
        <source>Paints another variant</source>
        <translation>バリエーションをもう一つ描きます</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>振り直し</translation>
    </message>
    <message>
        <source>Re-roll a patch</source>
        <translation>パッチを振り直す</translation>
    </message>
    <message>
        <source>Click a patch to have it painted again</source>
        <translation>パッチをクリックすると描き直します</translation>
    </message>
    <message>
        <source>Doubt</source>
        <translation>迷い</translation>
    </message>
    <message>
        <source>Doubt map</source>
        <translation>迷いマップ</translation>
    </message>
    <message>
        <source>Shows how sure the model was of each patch</source>
        <translation>各パッチでモデルがどれだけ確かだったかを表示します</translation>
    </message>
    <message>
        <source>Sets the variants aside; the queue keeps them</source>
        <translation>バリエーションを脇に置きます。キューに残ります</translation>
    </message>
    <message>
        <source>Makes a layer of this variant</source>
        <translation>このバリエーションをレイヤーにします</translation>
    </message>
    <message>
        <source>{chosen} of {jobs}</source>
        <translation>{chosen} / {jobs}</translation>
    </message>
    <message>
        <source>Click a patch</source>
        <translation>パッチをクリック</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Variants side by side</source>
        <translation>バリエーションを並べて表示</translation>
    </message>
    <message>
        <source>Variant {number}</source>
        <translation>バリエーション {number}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>キャンバス</translation>
    </message>
    <message>
        <source>The picture. The arrow keys move over it, plus and minus look closer or from farther away.</source>
        <translation>絵です。矢印キーで移動、プラスとマイナスで拡大・縮小します。</translation>
    </message>
    <message>
        <source>There is nothing to continue yet. {place}, or drag out a region.</source>
        <translation>続けるものがまだありません。{place}、または領域をドラッグしてください。</translation>
    </message>
    <message>
        <source>Place a picture first</source>
        <translation>先に画像を配置してください</translation>
    </message>
    <message>
        <source>Forget everything that can be undone?</source>
        <translation>元に戻せる操作の履歴をすべて消去しますか？</translation>
    </message>
    <message>
        <source>The picture stays as it is, and the file becomes smaller. Nothing can be undone or redone any more, and variants beside those that you accepted are gone.</source>
        <translation>絵はそのままで、ファイルは小さくなります。以後は何も元に戻したり、やり直したりできず、採用しなかったバリエーションもなくなります。</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>This is too large for the clipboard. Choose a smaller region, or {export}.</source>
        <translation>クリップボードには大きすぎます。小さい領域を選ぶか、{export}。</translation>
    </message>
    <message>
        <source>export it</source>
        <translation>書き出してください</translation>
    </message>
    <message>
        <source>Copied {width} × {height} px.</source>
        <translation>{width} × {height} px をコピーしました。</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard. Copy one and try again.</source>
        <translation>クリップボードに画像がありません。コピーしてからもう一度試してください。</translation>
    </message>
    <message>
        <source>About Handscroll</source>
        <translation>Handscroll について</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Version {version}, Qt {qt}</source>
        <translation>バージョン {version}、Qt {qt}</translation>
    </message>
    <message>
        <source>the engine has not started yet</source>
        <translation>エンジンはまだ起動していません</translation>
    </message>
    <message>
        <source>Paints on where a painting ends. Everything happens on this machine; nothing is sent anywhere.</source>
        <translation>絵の終わりから描き続けます。すべてこのコンピューターの中で行われ、どこにも送信されません。</translation>
    </message>
    <message>
        <source>It paints with {model} on this device: {device}.</source>
        <translation>{model} を使い、このデバイスで描きます：{device}。</translation>
    </message>
    <message>
        <source>An open implementation of NUWA-Infinity. Apache License 2.0. Type: Inter, SIL Open Font License 1.1. Window: Qt, LGPL 3.</source>
        <translation>NUWA-Infinity のオープンな実装です。Apache License 2.0。書体：Inter、SIL Open Font License 1.1。ウィンドウ：Qt、LGPL 3。</translation>
    </message>
    <message>
        <source>The welcome pictures are in the public domain: {pictures}.</source>
        <translation>ようこそ画面の絵はパブリックドメインです：{pictures}。</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>不明</translation>
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
        <translation>「{name}」の形</translation>
    </message>
    <message>
        <source>Keep the ratio</source>
        <translation>縦横比を維持</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation>左右</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>上下</translation>
    </message>
    <message>
        <source>Cut from the {side}</source>
        <translation>切り取り：{side}</translation>
    </message>
    <message>
        <source>Cut Off the Border</source>
        <translation>縁を切り取る</translation>
    </message>
    <message>
        <source>As It Was</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Turned</source>
        <translation>回転</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>反転</translation>
    </message>
    <message>
        <source>Cut at the sides</source>
        <translation>左右の切り取り</translation>
    </message>
    <message>
        <source>above and below</source>
        <translation>上下の切り取り</translation>
    </message>
    <message>
        <source>A border in one colour was found: {sides}.</source>
        <translation>単色の縁が見つかりました：{sides}。</translation>
    </message>
    <message>
        <source>There is no document without a name. Every new one would be offered here.</source>
        <translation>名前のないドキュメントはありません。新しいものはここに表示されます。</translation>
    </message>
    <message>
        <source>These have no name yet. Nothing in them is lost: open one and go on, or leave them for later.</source>
        <translation>まだ名前がありません。中身は何も失われていません。開いて続けるか、あとに残してください。</translation>
    </message>
    <message>
        <source>Unnamed documents</source>
        <translation>名前のないドキュメント</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>あとで</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Delete this document for good?</source>
        <translation>このドキュメントを完全に削除しますか？</translation>
    </message>
    <message>
        <source>{found}
It cannot be brought back afterwards.</source>
        <translation>{found}
削除すると元に戻せません。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Go Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Last changed {changed}
{size:.1f} MiB</source>
        <translation>最終更新 {changed}
{size:.1f} MiB</translation>
    </message>
    <message>
        <source>Last changed {changed}</source>
        <translation>最終更新 {changed}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Back to the Usual</source>
        <translation>既定に戻す</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Size of text and icons</source>
        <translation>文字とアイコンの大きさ</translation>
    </message>
    <message>
        <source>The size changes at the next start.</source>
        <translation>大きさは次回起動時に変わります。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>言語は次回起動時に変わります。</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>動きを減らす</translation>
    </message>
    <message>
        <source>The wheel</source>
        <translation>ホイール</translation>
    </message>
    <message>
        <source>zooms at the pointer</source>
        <translation>ポインターの位置で拡大・縮小</translation>
    </message>
    <message>
        <source>moves the picture</source>
        <translation>絵を動かす</translation>
    </message>
    <message>
        <source>Empty canvas</source>
        <translation>空のキャンバス</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>紙</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>市松模様</translation>
    </message>
    <message>
        <source>Regions and pictures snap to 16 px</source>
        <translation>領域と画像を 16 px に吸着</translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation>ルーラー</translation>
    </message>
    <message>
        <source>Patch grid</source>
        <translation>パッチのグリッド</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>ミニマップ</translation>
    </message>
    <message>
        <source>Memory for the picture</source>
        <translation>絵に使うメモリ</translation>
    </message>
    <message>
        <source>More memory makes large pictures move more smoothly.</source>
        <translation>メモリが多いほど大きな絵が滑らかに動きます。</translation>
    </message>
    <message>
        <source>Engine runs on</source>
        <translation>エンジンの実行場所</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>このコンピューター</translation>
    </message>
    <message>
        <source>another one, by SSH</source>
        <translation>別のコンピューター（SSH）</translation>
    </message>
    <message>
        <source>Name of that computer</source>
        <translation>そのコンピューターの名前</translation>
    </message>
    <message>
        <source>as in your SSH configuration</source>
        <translation>SSH の設定にある名前</translation>
    </message>
    <message>
        <source>Command there</source>
        <translation>そこでのコマンド</translation>
    </message>
    <message>
        <source>Handscroll must be installed there, and your SSH key must open it without a password. Documents stay here; what lies around a region is sent through SSH, and nothing listens on a port.</source>
        <translation>そのコンピューターに Handscroll がインストールされ、SSH 鍵だけで（パスワードなしで）接続できる必要があります。ドキュメントはこのコンピューターに残ります。範囲の周囲だけが SSH で送られ、ポートで待ち受けるものはありません。</translation>
    </message>
    <message>
        <source>Paint on</source>
        <translation>描画に使うもの</translation>
    </message>
    <message>
        <source>the fastest device</source>
        <translation>最速のデバイス</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>プロセッサー</translation>
    </message>
    <message>
        <source>the graphics card</source>
        <translation>グラフィックカード</translation>
    </message>
    <message>
        <source>The device changes when the engine starts the next time. The line at the bottom says which it is.</source>
        <translation>デバイスは次にエンジンが起動するときに変わります。下の行に表示されます。</translation>
    </message>
    <message>
        <source>Show the doubt map over what is staged</source>
        <translation>候補の上に迷いマップを表示</translation>
    </message>
    <message>
        <source>Write the recipe into exported PNG files</source>
        <translation>書き出す PNG にレシピを書き込む</translation>
    </message>
    <message>
        <source>With it you can see later with which seed and model a picture was painted.</source>
        <translation>どのシードとモデルで描いたかをあとから確かめられます。</translation>
    </message>
    <message>
        <source>Show the Folder of Handscroll</source>
        <translation>Handscroll のフォルダーを表示</translation>
    </message>
    <message>
        <source>Documents without a name, your own models and these settings are kept in {folder}.</source>
        <translation>名前のないドキュメント、自分のモデル、この設定は {folder} に保存されます。</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>ショートカット</translation>
    </message>
    <message>
        <source>Search by name or by keys, such as “paint” or “Ctrl+Z”</source>
        <translation>名前やキーで検索（例：「描画」「Ctrl+Z」）</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>競合</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>すべて初期設定に戻す</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>メニュー</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新しいキー</translation>
    </message>
    <message>
        <source>No Keys</source>
        <translation>キーなし</translation>
    </message>
    <message>
        <source>As at First</source>
        <translation>初期設定に戻す</translation>
    </message>
    <message>
        <source> and </source>
        <translation>と</translation>
    </message>
    <message>
        <source>“{name}” in {menu}</source>
        <translation>{menu}の「{name}」</translation>
    </message>
    <message>
        <source>{pressed} already calls {others}. Give that other keys first, or choose another one here.</source>
        <translation>{pressed} はすでに{others}に割り当てられています。先にそちらのキーを変えるか、ここで別のキーを選んでください。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>レイヤー</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Taken From</source>
        <translation>手本</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>レシピ</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>習作</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>タイムライン</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n 個のファイル</numerusform>
        </translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>約 {bytes}</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>書き出し先</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>What</source>
        <translation>対象</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>絵の全体</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>領域</translation>
    </message>
    <message>
        <source>Each layer, a file of its own</source>
        <translation>レイヤーごとに別のファイル</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>幅（ピクセル）</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高さ（ピクセル）</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>ビット</translation>
    </message>
    <message>
        <source>8 bits a channel</source>
        <translation>8 ビット／チャンネル</translation>
    </message>
    <message>
        <source>16 bits a channel</source>
        <translation>16 ビット／チャンネル</translation>
    </message>
    <message>
        <source>Keep the recipe of the painting in it</source>
        <translation>描画のレシピを一緒に保存</translation>
    </message>
    <message>
        <source>Keep caption, copyright and camera data</source>
        <translation>説明・著作権・カメラ情報を残す</translation>
    </message>
    <message>
        <source>Fill with</source>
        <translation>塗りつぶす色</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>参照…</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>拡大率</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品質</translation>
    </message>
    <message>
        <source>Colour under transparent parts</source>
        <translation>透明部分の下の色</translation>
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
        <translation>画像の情報</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>タイル</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無題</translation>
    </message>
    <message>
        <source>Cut into tiles of {width} × {height} px</source>
        <translation>{width} × {height} px のタイルに分割</translation>
    </message>
    <message>
        <source>Every pixel, with the recipe</source>
        <translation>全ピクセルとレシピ</translation>
    </message>
    <message>
        <source>Small; nothing is transparent</source>
        <translation>小さい。透明なし</translation>
    </message>
    <message>
        <source>Smaller; 100 keeps every pixel</source>
        <translation>さらに小さい。100 で全ピクセル保持</translation>
    </message>
    <message>
        <source>The smallest, slow to write</source>
        <translation>最も小さい。書き込みは遅い</translation>
    </message>
    <message>
        <source>Every pixel, for printing</source>
        <translation>全ピクセル、印刷向け</translation>
    </message>
    <message>
        <source>Layers, for Krita, GIMP, MyPaint</source>
        <translation>レイヤー付き。Krita、GIMP、MyPaint 用</translation>
    </message>
    <message>
        <source>{path} needs one of the suffixes {suffixes}, which say how it is written.</source>
        <translation>{path} には拡張子 {suffixes} のいずれかが必要です。拡張子で形式が決まります。</translation>
    </message>
    <message>
        <source>{width}×{height} is too large for {name}, which ends at {ends}. Export it smaller, as PNG or TIFF, or in tiles of {across}×{down}.</source>
        <translation>{width}×{height} は {name} には大きすぎます（上限は {ends}）。小さくするか、PNG・TIFF にするか、{across}×{down} のタイルに分けて書き出してください。</translation>
    </message>
    <message>
        <source>{most} pixels a side</source>
        <translation>一辺 {most} ピクセル</translation>
    </message>
    <message>
        <source>{side} and {most} million in all</source>
        <translation>{side}、全体で {most} 百万ピクセル</translation>
    </message>
    <message>
        <source>{name} does not keep {bits} bits; PNG and TIFF keep 8 or 16.</source>
        <translation>{name} は {bits} ビットを保存できません。PNG と TIFF は 8 または 16 ビットです。</translation>
    </message>
    <message>
        <source>For everyone, everywhere</source>
        <translation>どこでも再生できます</translation>
    </message>
    <message>
        <source>Smaller, for the web</source>
        <translation>小さめ、ウェブ向け</translation>
    </message>
    <message>
        <source>Goes round by itself; 256 colours</source>
        <translation>自動でループ。256 色</translation>
    </message>
    <message>
        <source>Goes round by itself; all colours</source>
        <translation>自動でループ。全色</translation>
    </message>
    <message>
        <source>PNG frames</source>
        <translation>PNG 連番</translation>
    </message>
    <message>
        <source>A folder; every pixel of every frame</source>
        <translation>フォルダー。全フレームの全ピクセル</translation>
    </message>
    <message>
        <source>There is nothing to export: no clip lies in this part of the canvas and of the time.</source>
        <translation>書き出すものがありません。この範囲と時間にクリップがありません。</translation>
    </message>
    <message>
        <source>The scale must be above 0 and at most {most}.</source>
        <translation>拡大率は 0 より大きく {most} 以下にしてください。</translation>
    </message>
    <message>
        <source>This part of the canvas is too large for a film. Frame a smaller region, or export one clip.</source>
        <translation>この範囲は動画には大きすぎます。小さい領域にするか、クリップを一つ書き出してください。</translation>
    </message>
    <message>
        <source>The memory does not suffice, and nothing was written. Export a smaller part, or a folder of PNGs.</source>
        <translation>メモリが足りず、何も書き込まれていません。小さい範囲にするか、PNG のフォルダーに書き出してください。</translation>
    </message>
    <message>
        <source>The quality must be from 1 to 100.</source>
        <translation>品質は 1 から 100 までです。</translation>
    </message>
    <message>
        <source>{name} holds all layers in one file of any size. Choose another format for single ones.</source>
        <translation>{name} はすべてのレイヤーを一つのファイルに保存します。一枚ずつなら別の形式を選んでください。</translation>
    </message>
    <message>
        <source>Tiles must be at least one pixel wide and high.</source>
        <translation>タイルの幅と高さは 1 ピクセル以上にしてください。</translation>
    </message>
    <message>
        <source>There is nothing to export yet. Place or paint a picture first.</source>
        <translation>書き出すものがまだありません。先に画像を配置するか描いてください。</translation>
    </message>
    <message>
        <source>There is nothing to export: the region is empty, or all layers are hidden.</source>
        <translation>書き出すものがありません。領域が空か、すべてのレイヤーが非表示です。</translation>
    </message>
    <message>
        <source>There is nothing to export: no layer has anything in the region.</source>
        <translation>書き出すものがありません。領域の中に何かあるレイヤーがありません。</translation>
    </message>
    <message>
        <source>{path} is a folder; add a file name.</source>
        <translation>{path} はフォルダーです。ファイル名を付けてください。</translation>
    </message>
    <message>
        <source>{path} is the document itself. Give the export another name.</source>
        <translation>{path} はドキュメントそのものです。別の名前を付けてください。</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>書き出される内容</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>書き出し中…</translation>
    </message>
    <message numerus="yes">
        <source>%n files in {folder}</source>
        <translation>
            <numerusform>{folder} に %n 個のファイル</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported {where}.</source>
        <translation>{where} を書き出しました。</translation>
    </message>
    <message>
        <source>The export was cancelled; nothing was written.</source>
        <translation>書き出しを中止しました。何も書き込まれていません。</translation>
    </message>
    <message>
        <source>It stops as soon as what is being packed is done; nothing will be written.</source>
        <translation>今まとめている分が終わりしだい止まります。何も書き込まれません。</translation>
    </message>
    <message>
        <source>Handscroll documents ({pattern})</source>
        <translation>Handscroll ドキュメント ({pattern})</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>画像 ({patterns})</translation>
    </message>
    <message>
        <source>Documents and pictures ({patterns})</source>
        <translation>ドキュメントと画像 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Place pictures</source>
        <translation>画像を配置</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>名前を付けて保存</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>コピーを保存</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} のコピー</translation>
    </message>
    <message>
        <source>This document has no name yet.</source>
        <translation>このドキュメントにはまだ名前がありません。</translation>
    </message>
    <message>
        <source>It can be kept as it is, and is offered to you the next time; or you save it under a name.</source>
        <translation>このまま残せば次回また表示されます。名前を付けて保存することもできます。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Keep It for Later</source>
        <translation>あとに残す</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>まだありません</translation>
    </message>
    <message>
        <source>Forget These</source>
        <translation>履歴を消す</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>マニュアル</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>章</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>本文</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>最初</translation>
    </message>
    <message>
        <source>History, the oldest first</source>
        <translation>履歴（古い順）</translation>
    </message>
    <message>
        <source>What you do is listed here. A click goes back to it.</source>
        <translation>操作がここに並びます。クリックするとその時点に戻ります。</translation>
    </message>
    <message>
        <source>Hide this layer</source>
        <translation>このレイヤーを隠す</translation>
    </message>
    <message>
        <source>Show this layer</source>
        <translation>このレイヤーを表示</translation>
    </message>
    <message>
        <source>Lock this layer</source>
        <translation>このレイヤーをロック</translation>
    </message>
    <message>
        <source>Unlock this layer</source>
        <translation>このレイヤーのロックを解除</translation>
    </message>
    <message>
        <source>ready to accept</source>
        <translation>採用できます</translation>
    </message>
    <message>
        <source>Layers, the topmost first</source>
        <translation>レイヤー（上から順）</translation>
    </message>
    <message>
        <source>Drop a picture on the canvas, or drag out a region and paint.</source>
        <translation>キャンバスに画像をドロップするか、領域をドラッグして描いてください。</translation>
    </message>
    <message>
        <source>Add an empty layer</source>
        <translation>空のレイヤーを追加</translation>
    </message>
    <message>
        <source>Duplicate this layer</source>
        <translation>このレイヤーを複製</translation>
    </message>
    <message>
        <source>Delete this layer</source>
        <translation>このレイヤーを削除</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>非表示</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>ロック中</translation>
    </message>
    <message>
        <source>waits to be painted</source>
        <translation>描画待ち</translation>
    </message>
    <message>
        <source>is being painted</source>
        <translation>描画中</translation>
    </message>
    <message>
        <source>is out of date</source>
        <translation>古くなっています</translation>
    </message>
    <message>
        <source>variant {chosen} of {jobs}</source>
        <translation>バリエーション {chosen} / {jobs}</translation>
    </message>
    <message>
        <source>frame {number} {words}</source>
        <translation>フレーム {number} {words}</translation>
    </message>
    <message>
        <source>is half painted</source>
        <translation>描きかけ</translation>
    </message>
    <message numerus="yes">
        <source>%n patches</source>
        <translation>
            <numerusform>%n パッチ</numerusform>
        </translation>
    </message>
    <message>
        <source>done, others follow</source>
        <translation>完了、ほかは続行中</translation>
    </message>
    <message>
        <source>Staged, {name}</source>
        <translation>候補、{name}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Handscroll models ({pattern})</source>
        <translation>Handscroll モデル ({pattern})</translation>
    </message>
    <message>
        <source>Import Model File…</source>
        <translation>モデルファイルを読み込む…</translation>
    </message>
    <message>
        <source>Import Model Folder…</source>
        <translation>モデルフォルダーを読み込む…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Forget History…</source>
        <translation>履歴を消去…</translation>
    </message>
    <message>
        <source>Above</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>下</translation>
    </message>
    <message>
        <source>A Panorama: Its Right End Meets Its Left</source>
        <translation>パノラマ：右端が左端につながる</translation>
    </message>
    <message>
        <source>Remove Frame</source>
        <translation>枠を外す</translation>
    </message>
    <message>
        <source>Previous Variant</source>
        <translation>前のバリエーション</translation>
    </message>
    <message>
        <source>Next Variant</source>
        <translation>次のバリエーション</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>採用</translation>
    </message>
    <message>
        <source>Variants Side by Side</source>
        <translation>バリエーションを並べて表示</translation>
    </message>
    <message>
        <source>One More Variant</source>
        <translation>バリエーションをもう一つ</translation>
    </message>
    <message>
        <source>Paint One Patch Again</source>
        <translation>パッチを一つ描き直す</translation>
    </message>
    <message>
        <source>Restore Discarded Variants</source>
        <translation>破棄したものを戻す</translation>
    </message>
    <message>
        <source>Propose Marks</source>
        <translation>印を提案</translation>
    </message>
    <message>
        <source>Take from Everywhere Again</source>
        <translation>どこからでも取る</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>投げなわ</translation>
    </message>
    <message>
        <source>Region Brush</source>
        <translation>領域ブラシ</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>消しゴム</translation>
    </message>
    <message>
        <source>Eyedropper</source>
        <translation>スポイト</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>手のひら</translation>
    </message>
    <message>
        <source>Smaller Brush</source>
        <translation>ブラシを小さく</translation>
    </message>
    <message>
        <source>Larger Brush</source>
        <translation>ブラシを大きく</translation>
    </message>
    <message>
        <source>Swap Colours</source>
        <translation>色を入れ替え</translation>
    </message>
    <message>
        <source>Black and White</source>
        <translation>白黒に戻す</translation>
    </message>
    <message>
        <source>Make a Clip</source>
        <translation>クリップを作成</translation>
    </message>
    <message>
        <source>Animate</source>
        <translation>動かす</translation>
    </message>
    <message>
        <source>Play or Pause</source>
        <translation>再生・一時停止</translation>
    </message>
    <message>
        <source>One Frame Back</source>
        <translation>1 フレーム戻る</translation>
    </message>
    <message>
        <source>One Frame On</source>
        <translation>1 フレーム進む</translation>
    </message>
    <message>
        <source>First Frame</source>
        <translation>最初のフレーム</translation>
    </message>
    <message>
        <source>Last Frame</source>
        <translation>最後のフレーム</translation>
    </message>
    <message>
        <source>Loop Playback</source>
        <translation>ループ</translation>
    </message>
    <message>
        <source>Onion Skin</source>
        <translation>オニオンスキン</translation>
    </message>
    <message>
        <source>Keyframe…</source>
        <translation>キーフレーム…</translation>
    </message>
    <message>
        <source>Remove Keyframe</source>
        <translation>キーフレームを外す</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>モデルを読み込む</translation>
    </message>
    <message>
        <source>Import the folder of a model</source>
        <translation>モデルのフォルダーを読み込む</translation>
    </message>
    <message>
        <source>Export a model</source>
        <translation>モデルを書き出す</translation>
    </message>
    <message>
        <source>Rename model</source>
        <translation>モデルの名前を変更</translation>
    </message>
    <message>
        <source>Delete the model “{name}” for good?</source>
        <translation>モデル「{name}」を完全に削除しますか？</translation>
    </message>
    <message>
        <source>What was painted with it stays; patches can no longer be painted again with it.</source>
        <translation>これで描いたものは残りますが、パッチの描き直しはできなくなります。</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>ディスク上</translation>
    </message>
    <message>
        <source>In memory</source>
        <translation>メモリ上</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>パッチ</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>パス</translation>
    </message>
    <message>
        <source>continues pictures</source>
        <translation>絵を続ける</translation>
    </message>
    <message>
        <source>paints from words</source>
        <translation>言葉から描く</translation>
    </message>
    <message>
        <source>moving pictures</source>
        <translation>動く絵</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>起動中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>準備完了</translation>
    </message>
    <message>
        <source>preparing, only this once</source>
        <translation>準備中（初回のみ）</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>エンジン</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>使用中のメモリ</translation>
    </message>
    <message>
        <source>A patch takes</source>
        <translation>1 パッチの所要時間</translation>
    </message>
    <message>
        <source>Import, export, rename and delete models</source>
        <translation>モデルの読み込み・書き出し・名前変更・削除</translation>
    </message>
    <message>
        <source>Look for models again</source>
        <translation>モデルを探し直す</translation>
    </message>
    <message>
        <source>There is no model. Put one into the folder of models, and look again.</source>
        <translation>モデルがありません。モデルのフォルダーに入れて、探し直してください。</translation>
    </message>
    <message>
        <source>Paint with this model</source>
        <translation>このモデルで描く</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>このモデルについて</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>使えません</translation>
    </message>
    <message>
        <source> · in use</source>
        <translation> · 使用中</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>未計測</translation>
    </message>
    <message>
        <source>about {memory_mib}</source>
        <translation>約 {memory_mib}</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>記載なし</translation>
    </message>
    <message>
        <source>Move the pointer over a painted patch to see how it was made.</source>
        <translation>描かれたパッチにポインターを重ねると、描き方が表示されます。</translation>
    </message>
    <message>
        <source>This was placed or drawn by hand; there is no recipe for it.</source>
        <translation>これは配置または手描きされたもので、レシピはありません。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>原寸</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>1/2</translation>
    </message>
    <message>
        <source>A third</source>
        <translation>1/3</translation>
    </message>
    <message>
        <source>A quarter</source>
        <translation>1/4</translation>
    </message>
    <message>
        <source>Follow the picture</source>
        <translation>絵に従う</translation>
    </message>
    <message>
        <source>How far what is painted is made of what the picture shows, down to its brushwork. 0 % is the model alone.</source>
        <translation>描くものを、筆づかいまで含めてどれだけ今の絵から作るか。0 % はモデルだけで描きます。</translation>
    </message>
    <message>
        <source>Calm to lively</source>
        <translation>静か〜にぎやか</translation>
    </message>
    <message>
        <source>Calm goes on with the ground and lets little begin; lively sets things into it.</source>
        <translation>静かは地を続けて新しいものを少なく、にぎやかは物を置いていきます。</translation>
    </message>
    <message>
        <source>How small it is painted before it gets the picture&apos;s own brushwork. Small sees whole forms; full size sees only leaves and strokes.</source>
        <translation>絵の筆づかいを付ける前にどれだけ小さく描くか。小さいと形全体が、原寸だと葉や筆跡だけが見えます。</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>提案</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Marks seals, signatures and lettering, to be seen and changed with the brush</source>
        <translation>印章・署名・文字に印を付けます。ブラシで確かめて直せます</translation>
    </message>
    <message>
        <source>Everything may be taken from again</source>
        <translation>再びどこからでも取れるようにします</translation>
    </message>
    <message>
        <source>Do not take from</source>
        <translation>取らない場所</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>その他の設定</translation>
    </message>
    <message>
        <source>Low stays close to what is likely, high dares more. 1.00 is the model&apos;s own.</source>
        <translation>低いと無難に、高いと大胆になります。1.00 がモデル本来の値です。</translation>
    </message>
    <message>
        <source>Follow the words</source>
        <translation>言葉に従う</translation>
    </message>
    <message>
        <source>How strictly words are followed. Above 1.00 painting takes twice the time.</source>
        <translation>言葉にどれだけ忠実に描くか。1.00 を超えると時間が 2 倍かかります。</translation>
    </message>
    <message>
        <source>Grain</source>
        <translation>粒状感</translation>
    </message>
    <message>
        <source>How much of the surface of the picture, its weave or paper, what is painted gets.</source>
        <translation>絵の表面（布目や紙の質感）をどれだけ付けるか。</translation>
    </message>
    <message>
        <source>Keep this seed: the same region is painted the same way again</source>
        <translation>このシードを固定：同じ領域は同じように描かれます</translation>
    </message>
    <message>
        <source>Columns, to the right</source>
        <translation>列、右へ</translation>
    </message>
    <message>
        <source>Columns, to the left</source>
        <translation>列、左へ</translation>
    </message>
    <message>
        <source>Rows, downwards</source>
        <translation>行、下へ</translation>
    </message>
    <message>
        <source>Rows, upwards</source>
        <translation>行、上へ</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a model. Use up to 64 letters, digits, spaces and - _ . ( ) +.</source>
        <translation>「{name}」はモデルの名前に使えません。文字・数字・空白・- _ . ( ) + を 64 字まで使えます。</translation>
    </message>
    <message>
        <source>{path} does not exist; check its spelling.</source>
        <translation>{path} はありません。つづりを確かめてください。</translation>
    </message>
    <message>
        <source>There is a model called “{name}” already. Choose another name, or delete that model first.</source>
        <translation>「{name}」というモデルはすでにあります。別の名前にするか、先にそのモデルを削除してください。</translation>
    </message>
    <message>
        <source>There is a model called “{name}” already. Choose another name.</source>
        <translation>「{name}」というモデルはすでにあります。別の名前にしてください。</translation>
    </message>
    <message>
        <source>{source} is no model that can be used: {problem}</source>
        <translation>{source} は使えるモデルではありません：{problem}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>{source} is damaged or no model file. Export or download it again.</source>
        <translation>{source} は壊れているか、モデルファイルではありません。もう一度書き出すかダウンロードしてください。</translation>
    </message>
    <message>
        <source>{source} is damaged: {name} is not what was exported. Export or download it again.</source>
        <translation>{source} は壊れています：{name} が書き出したものと異なります。もう一度書き出すかダウンロードしてください。</translation>
    </message>
    <message>
        <source>{source} holds {filename}, which is no part of a model. It was not imported.</source>
        <translation>{source} にモデルの一部ではない {filename} が含まれています。読み込みませんでした。</translation>
    </message>
    <message>
        <source>{source} would take more than {most} GiB. It was not imported.</source>
        <translation>{source} は {most} GiB を超えます。読み込みませんでした。</translation>
    </message>
    <message>
        <source>it has no config.json.</source>
        <translation>config.json がありません。</translation>
    </message>
    <message>
        <source>it holds no weights as safetensors; other formats can run code, so they are not read.</source>
        <translation>safetensors の重みがありません。ほかの形式はコードを実行しうるため読みません。</translation>
    </message>
    <message>
        <source>its config.json does not describe a model.</source>
        <translation>config.json がモデルを表していません。</translation>
    </message>
    <message>
        <source>“{name}” is not one of your own models, so it stays as it is.</source>
        <translation>「{name}」は自分のモデルではないため、そのままにします。</translation>
    </message>
    <message>
        <source>{path}: {error}. Nothing was changed.</source>
        <translation>{path}：{error}。何も変更していません。</translation>
    </message>
    <message>
        <source>Freedom</source>
        <translation>自由度</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>順序</translation>
    </message>
    <message>
        <source>Bits per token</source>
        <translation>トークンあたりのビット数</translation>
    </message>
    <message>
        <source>Follows the picture</source>
        <translation>絵に従う度合い</translation>
    </message>
    <message>
        <source>Painted at</source>
        <translation>描いた大きさ</translation>
    </message>
    <message>
        <source>Taken from</source>
        <translation>取った場所</translation>
    </message>
    <message>
        <source>Taken as it stands</source>
        <translation>そのまま取った割合</translation>
    </message>
    <message>
        <source>Hold this recipe while the pointer moves on</source>
        <translation>ポインターが動いてもこのレシピを表示し続ける</translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation>このレシピを使う</translation>
    </message>
    <message>
        <source>Model, seed, freedom, order and words for what is painted next</source>
        <translation>次に描くもののモデル・シード・自由度・順序・言葉</translation>
    </message>
    <message>
        <source>The recipe of this patch is set for what you paint next.</source>
        <translation>このパッチのレシピを次の描画に設定しました。</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未計測</translation>
    </message>
    <message>
        <source>{strength:.0f} %, {lively:.0f} % lively</source>
        <translation>{strength:.0f} %、にぎやかさ {lively:.0f} %</translation>
    </message>
    <message numerus="yes">
        <source>this picture, %n places</source>
        <translation>
            <numerusform>この絵の %n か所</numerusform>
        </translation>
    </message>
    <message>
        <source>no one place</source>
        <translation>特定の場所なし</translation>
    </message>
    <message>
        <source>full size</source>
        <translation>原寸</translation>
    </message>
    <message>
        <source>1 / {scale} of its size</source>
        <translation>1 / {scale} の大きさ</translation>
    </message>
    <message>
        <source>, at most {width} × {height} px</source>
        <translation>、最大 {width} × {height} px</translation>
    </message>
    <message>
        <source>Films ({patterns})</source>
        <translation>動画 ({patterns})</translation>
    </message>
    <message>
        <source>Learn a painting on this computer, to go on in its hand, or how films move. Nothing leaves it.</source>
        <translation>このコンピューターで絵を学び、その筆致で続けます。動画の動きも学べます。外には何も出ません。</translation>
    </message>
    <message>
        <source>Learning “{}”</source>
        <translation>「{}」を学習中</translation>
    </message>
    <message>
        <source>“{}” pauses</source>
        <translation>「{}」は一時停止します</translation>
    </message>
    <message>
        <source>“{}” comes to its end</source>
        <translation>「{}」はまもなく終わります</translation>
    </message>
    <message>
        <source>“{}” waits</source>
        <translation>「{}」は待機中</translation>
    </message>
    <message>
        <source>“{}” could not go on</source>
        <translation>「{}」は続けられませんでした</translation>
    </message>
    <message>
        <source>“{}” is learned</source>
        <translation>「{}」の学習が終わりました</translation>
    </message>
    <message>
        <source>Go on with {name}</source>
        <translation>{name} を続ける</translation>
    </message>
    <message>
        <source>Give up the study {name}; its model stays</source>
        <translation>習作 {name} をやめる（モデルは残ります）</translation>
    </message>
    <message>
        <source>“{name}” waits</source>
        <translation>「{name}」は待機中</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Pictures…</source>
        <translation>画像…</translation>
    </message>
    <message>
        <source>Learn pictures</source>
        <translation>画像を学ぶ</translation>
    </message>
    <message>
        <source>Films…</source>
        <translation>動画…</translation>
    </message>
    <message>
        <source>Learn films</source>
        <translation>動画を学ぶ</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>フォルダー…</translation>
    </message>
    <message>
        <source>What Is on the Canvas</source>
        <translation>キャンバスにあるもの</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分</translation>
    </message>
    <message>
        <source>Learn the mirror images too</source>
        <translation>左右反転した画像も学ぶ</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学ぶ</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>元にするモデル</translation>
    </message>
    <message>
        <source>What is seen of the layer “{layer}”</source>
        <translation>レイヤー「{layer}」の見えている部分</translation>
    </message>
    <message>
        <source>All that is on the canvas</source>
        <translation>キャンバスにあるすべて</translation>
    </message>
    <message>
        <source>Learn a folder of pictures or films</source>
        <translation>画像や動画のフォルダーを学ぶ</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Stop and Keep</source>
        <translation>止めて残す</translation>
    </message>
    <message>
        <source>Paint with It</source>
        <translation>これで描く</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>脇に置いたもの</translation>
    </message>
    <message>
        <source>the clip was changed; animate it again</source>
        <translation>クリップが変更されました。もう一度動かしてください</translation>
    </message>
    <message>
        <source>accepted before it was finished</source>
        <translation>途中で採用</translation>
    </message>
    <message>
        <source>Queue, the next first</source>
        <translation>キュー（次のものから順に）</translation>
    </message>
    <message>
        <source>Nothing is waiting to be painted. Regions and films line up here.</source>
        <translation>描画待ちはありません。領域や動画がここに並びます。</translation>
    </message>
    <message>
        <source>Show variants again</source>
        <translation>バリエーションを再表示</translation>
    </message>
    <message>
        <source>To the front of the queue</source>
        <translation>キューの先頭へ</translation>
    </message>
    <message>
        <source>Film: {name}</source>
        <translation>動画：{name}</translation>
    </message>
    <message>
        <source>Film of a clip that is gone</source>
        <translation>なくなったクリップの動画</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>シード {seed}</translation>
    </message>
    <message>
        <source>Try again from the last finished patch</source>
        <translation>最後に仕上がったパッチから再試行</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Remove; its painted frames stay</source>
        <translation>取り除く（描いたフレームは残ります）</translation>
    </message>
    <message>
        <source>Remove with its result</source>
        <translation>結果ごと取り除く</translation>
    </message>
    <message>
        <source>This film does not go on: {why}.</source>
        <translation>この動画は続けられません：{why}。</translation>
    </message>
    <message>
        <source>its clip is not on the timeline any more</source>
        <translation>クリップがタイムラインにありません</translation>
    </message>
    <message>
        <source>could not go on; see below</source>
        <translation>続けられません（下を参照）</translation>
    </message>
    <message>
        <source>out of date; see below</source>
        <translation>古くなっています（下を参照）</translation>
    </message>
    <message>
        <source>frame {number} of {frames}</source>
        <translation>フレーム {number} / {frames}</translation>
    </message>
    <message>
        <source>{done} of {frames} frames</source>
        <translation>{done} / {frames} フレーム</translation>
    </message>
    <message>
        <source>{best} bits per token at best, {first} at first</source>
        <translation>最良 {best} ビット／トークン、最初は {first}</translation>
    </message>
    <message>
        <source>learning its strokes</source>
        <translation>筆づかいを学んでいます</translation>
    </message>
    <message>
        <source>looking at the pictures</source>
        <translation>画像を見ています</translation>
    </message>
    <message>
        <source>Bits per token as it learns</source>
        <translation>学習中のトークンあたりビット数</translation>
    </message>
    <message>
        <source>{first} at first, {best} at best</source>
        <translation>最初 {first}、最良 {best}</translation>
    </message>
    <message>
        <source>Bits per token on the held-out end: the lower, the better it foresees the painting</source>
        <translation>学習に使わない端でのトークンあたりビット数。低いほど絵をよく予測します</translation>
    </message>
    <message>
        <source>The end of the picture, painted on by what is learned so far</source>
        <translation>これまでの学習で描き続けた絵の端</translation>
    </message>
    <message>
        <source>the engine is starting</source>
        <translation>エンジンを起動中</translation>
    </message>
    <message>
        <source>the engine is at rest</source>
        <translation>エンジンは休止中</translation>
    </message>
    <message>
        <source>the engine prepares itself for this computer, only this once</source>
        <translation>エンジンをこのコンピューター用に準備中（初回のみ）</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>ズーム</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>ポインター</translation>
    </message>
    <message>
        <source>News</source>
        <translation>お知らせ</translation>
    </message>
    <message>
        <source>Memory of the engine</source>
        <translation>エンジンのメモリ</translation>
    </message>
    <message>
        <source>Seconds a patch</source>
        <translation>1 パッチの秒数</translation>
    </message>
    <message>
        <source>engine {size}</source>
        <translation>エンジン {size}</translation>
    </message>
    <message>
        <source>{seconds:.2f} s a patch</source>
        <translation>{seconds:.2f} 秒／パッチ</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>Close ({more} more)</source>
        <translation>閉じる（ほか {more} 件）</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>このメッセージを閉じる</translation>
    </message>
    <message>
        <source>drag layers</source>
        <translation>レイヤーをドラッグ</translation>
    </message>
    <message>
        <source>drag out what is to be painted</source>
        <translation>描く範囲をドラッグ</translation>
    </message>
    <message>
        <source>draw round what is to be painted</source>
        <translation>描く範囲を囲む</translation>
    </message>
    <message>
        <source>brush over what is to be painted</source>
        <translation>描く範囲をなぞる</translation>
    </message>
    <message>
        <source>brush over what nothing is to be taken from; Alt takes it back</source>
        <translation>取ってほしくない所をなぞる。Alt で取り消し</translation>
    </message>
    <message>
        <source>paint with a colour; the engine goes on from it</source>
        <translation>色で描く。エンジンがそこから続けます</translation>
    </message>
    <message>
        <source>take away; what is gone can be painted again</source>
        <translation>消す。消した所は描き直せます</translation>
    </message>
    <message>
        <source>take a colour from the picture</source>
        <translation>絵から色を取る</translation>
    </message>
    <message>
        <source>drag the canvas</source>
        <translation>キャンバスをドラッグ</translation>
    </message>
    <message>
        <source>Drag a {frame} beside the landscape, then {press}: it goes on from there.</source>
        <translation>風景の横に{frame}をドラッグして、{press}。そこから絵が続きます。</translation>
    </message>
    <message>
        <source>Hakone, by Hiroshige</source>
        <translation>箱根（広重）</translation>
    </message>
    <message>
        <source>Kanbara, by Hiroshige</source>
        <translation>蒲原（広重）</translation>
    </message>
    <message>
        <source>Landscape after Huang Gongwang</source>
        <translation>倣黄公望山水</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>枠</translation>
    </message>
    <message>
        <source>press {keys}</source>
        <translation>{keys} を押してください</translation>
    </message>
    <message>
        <source>paint it</source>
        <translation>描いてください</translation>
    </message>
    <message>
        <source>The canvas is empty</source>
        <translation>キャンバスは空です</translation>
    </message>
    <message>
        <source>Place a Picture…</source>
        <translation>画像を配置…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>開く…</translation>
    </message>
    <message>
        <source>Split at the Playhead</source>
        <translation>再生ヘッドで分割</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Longer by 10 Frames</source>
        <translation>10 フレーム延長</translation>
    </message>
    <message>
        <source>Begin at the Playhead</source>
        <translation>再生ヘッドから開始</translation>
    </message>
    <message>
        <source>End at the Playhead</source>
        <translation>再生ヘッドで終了</translation>
    </message>
    <message>
        <source>Move Only the Region</source>
        <translation>領域だけを動かす</translation>
    </message>
    <message>
        <source>Seamless Loop</source>
        <translation>最初と同じに終わる</translation>
    </message>
    <message>
        <source>Replace Still with Chosen Layer</source>
        <translation>選択レイヤーの絵と差し替え</translation>
    </message>
    <message>
        <source>New Layer</source>
        <translation>新規レイヤー</translation>
    </message>
    <message>
        <source>Scale, Turn, Cut…</source>
        <translation>拡大縮小・回転・切り取り…</translation>
    </message>
    <message>
        <source>Mirror Sideways</source>
        <translation>左右反転</translation>
    </message>
    <message>
        <source>Mirror Upside Down</source>
        <translation>上下反転</translation>
    </message>
    <message>
        <source>Turn to the Right</source>
        <translation>右に回転</translation>
    </message>
    <message>
        <source>Turn to the Left</source>
        <translation>左に回転</translation>
    </message>
    <message>
        <source>Cut to Region</source>
        <translation>領域で切り抜き</translation>
    </message>
    <message>
        <source>Merge Down</source>
        <translation>下のレイヤーと結合</translation>
    </message>
    <message>
        <source>Flatten Visible</source>
        <translation>表示部分を統合</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>上へ移動</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>下へ移動</translation>
    </message>
    <message>
        <source>Select Layer Above</source>
        <translation>一つ上を選択</translation>
    </message>
    <message>
        <source>Select Layer Below</source>
        <translation>一つ下を選択</translation>
    </message>
    <message>
        <source>Show or Hide</source>
        <translation>表示・非表示</translation>
    </message>
    <message>
        <source>Lock or Unlock</source>
        <translation>ロック・解除</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Pictures That Are Painted From</source>
        <translation>手本にする絵</translation>
    </message>
    <message>
        <source>Recipe under the Pointer</source>
        <translation>ポインター下のレシピ</translation>
    </message>
    <message>
        <source>Models and Device</source>
        <translation>モデルとデバイス</translation>
    </message>
    <message>
        <source>Hide All Panels</source>
        <translation>すべてのパネルを隠す</translation>
    </message>
    <message>
        <source>Reset Layout</source>
        <translation>パネルを元に戻す</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>全画面</translation>
    </message>
    <message>
        <source>Follow System</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Welcome Picture</source>
        <translation>ようこその絵</translation>
    </message>
    <message>
        <source>To the Right</source>
        <translation>右へ</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新規</translation>
    </message>
    <message>
        <source>Unnamed Documents…</source>
        <translation>名前のないドキュメント…</translation>
    </message>
    <message>
        <source>Place Picture…</source>
        <translation>画像を配置…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>名前を付けて保存…</translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation>コピーを保存…</translation>
    </message>
    <message>
        <source>Export Film…</source>
        <translation>動画を書き出し…</translation>
    </message>
    <message>
        <source>Close Document</source>
        <translation>ドキュメントを閉じる</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直し</translation>
    </message>
    <message>
        <source>Copy Picture</source>
        <translation>絵をコピー</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Erase in Region</source>
        <translation>領域内を消す</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Shortcuts…</source>
        <translation>ショートカット…</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Fit Picture</source>
        <translation>絵を全体表示</translation>
    </message>
    <message>
        <source>Fit Region</source>
        <translation>領域を全体表示</translation>
    </message>
    <message>
        <source>Patch Grid</source>
        <translation>パッチのグリッド</translation>
    </message>
    <message>
        <source>Doubt Map</source>
        <translation>迷いマップ</translation>
    </message>
    <message>
        <source>Snap to 16 px</source>
        <translation>16 px に吸着</translation>
    </message>
    <message>
        <source>Paint Region</source>
        <translation>領域を描く</translation>
    </message>
    <message>
        <source>Paint Region First</source>
        <translation>領域を先に描く</translation>
    </message>
    <message>
        <source>Replace Region</source>
        <translation>領域を置き換え</translation>
    </message>
    <message>
        <source>Pause or Go On</source>
        <translation>一時停止・再開</translation>
    </message>
    <message>
        <source>To the Left</source>
        <translation>左へ</translation>
    </message>
    <message>
        <source>Stop Extending</source>
        <translation>ここで止める</translation>
    </message>
    <message>
        <source>It goes on as you scroll. {name} ends it.</source>
        <translation>スクロールすると続きます。{name} で終わります。</translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation>最近使ったものを開く</translation>
    </message>
    <message>
        <source>Region {width} × {height} px at {x}, {y}</source>
        <translation>領域 {width} × {height} px、位置 {x}, {y}</translation>
    </message>
    <message>
        <source>Undo {step}</source>
        <translation>元に戻す：{step}</translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation>やり直し：{step}</translation>
    </message>
    <message>
        <source>Clear Region</source>
        <translation>領域を消去</translation>
    </message>
    <message>
        <source>Delete Layer</source>
        <translation>レイヤーを削除</translation>
    </message>
    <message>
        <source>Export Film</source>
        <translation>動画を書き出し</translation>
    </message>
    <message>
        <source>Clip “{name}”</source>
        <translation>クリップ「{name}」</translation>
    </message>
    <message>
        <source>Region over time</source>
        <translation>領域（時間全体）</translation>
    </message>
    <message>
        <source>Whole canvas over time</source>
        <translation>キャンバス全体（時間全体）</translation>
    </message>
    <message>
        <source>Frames a second of a GIF</source>
        <translation>GIF の毎秒フレーム数</translation>
    </message>
    <message>
        <source>Keep what is transparent</source>
        <translation>透明部分を残す</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>毎秒フレーム数</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>繰り返し回数</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>レート</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>This format holds nothing transparent: it becomes paper</source>
        <translation>この形式は透明を扱えません。紙の色になります</translation>
    </message>
    <message numerus="yes">
        <source>%n frames</source>
        <translation>
            <numerusform>%n フレーム</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are not painted yet: the still stands in for them.</source>
        <translation>
            <numerusform>%n フレームはまだ描かれていないため、静止画で代用します。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are out of date and show what was painted before.</source>
        <translation>
            <numerusform>%n フレームは古く、以前に描いたものが表示されます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder for the frames</source>
        <translation>フレームのフォルダー</translation>
    </message>
    <message>
        <source>The export failed ({kind}: {error}). Nothing was written.</source>
        <translation>書き出しに失敗しました（{kind}: {error}）。何も書き込まれていません。</translation>
    </message>
    <message>
        <source>Name the computer that paints, as your SSH configuration does, under Settings › Engine.</source>
        <translation>「設定 › エンジン」で、描画するコンピューターの名前を SSH の設定にあるとおりに入力してください。</translation>
    </message>
    <message>
        <source>{host} does not know the command “{command}”{why}. Settings › Engine has it.</source>
        <translation>{host} はコマンド「{command}」を認識しません{why}。「設定 › エンジン」で変更できます。</translation>
    </message>
    <message>
        <source>The connection to {host} is broken{why}.</source>
        <translation>{host} との接続が切れました{why}。</translation>
    </message>
    <message>
        <source>{host} cannot be reached{why}.</source>
        <translation>{host} に接続できません{why}。</translation>
    </message>
    <message>
        <source>The engine on {host} has ended{why}.</source>
        <translation>{host} のエンジンが終了しました{why}。</translation>
    </message>
    <message>
        <source>The engine was ended from outside, perhaps because the memory of this computer was full.</source>
        <translation>エンジンが外部から終了されました。メモリ不足の可能性があります。</translation>
    </message>
    <message>
        <source>The engine has crashed ({name}).</source>
        <translation>エンジンがクラッシュしました（{name}）。</translation>
    </message>
    <message>
        <source>The engine has ended unexpectedly.</source>
        <translation>エンジンが予期せず終了しました。</translation>
    </message>
    <message>
        <source>The engine has ended unexpectedly (code {code}).</source>
        <translation>エンジンが予期せず終了しました（コード {code}）。</translation>
    </message>
    <message>
        <source>signal {number}</source>
        <translation>シグナル {number}</translation>
    </message>
    <message>
        <source>Its finished patches are kept; try again to go on from there.</source>
        <translation>仕上がったパッチは残っています。もう一度試すと、そこから続きます。</translation>
    </message>
    <message>
        <source>{sentence} It goes on with at most {smaller} at once.</source>
        <translation>{sentence} 同時に最大 {smaller} で続けます。</translation>
    </message>
    <message>
        <source>{sentence} Painting goes on with at most {smaller} at once.</source>
        <translation>{sentence} 同時に最大 {smaller} で描画を続けます。</translation>
    </message>
    <message>
        <source>There was not enough memory to paint. {kept} The next attempt takes at most {smaller} at once; closing other programs helps as well.</source>
        <translation>描画のためのメモリが足りませんでした。{kept} 次は同時に最大 {smaller} にします。ほかのプログラムを閉じるのも有効です。</translation>
    </message>
    <message>
        <source>{reason} That has happened twice. {kept}</source>
        <translation>{reason} これが 2 回起きました。{kept}</translation>
    </message>
    <message>
        <source>It was started again, and painting goes on from the last finished patch.</source>
        <translation>再起動し、最後に仕上がったパッチから描画を続けます。</translation>
    </message>
    <message>
        <source>The engine ended while it looked at the model. {reason}</source>
        <translation>モデルを調べている間にエンジンが終了しました。{reason}</translation>
    </message>
    <message>
        <source>What was learned up to a moment before is kept: go on from there.</source>
        <translation>直前までに学んだ分は残っています。そこから続けてください。</translation>
    </message>
    <message>
        <source>There is nothing to go on from yet. Place a picture or paint one first.</source>
        <translation>続けるものがまだありません。先に画像を配置するか描いてください。</translation>
    </message>
    <message>
        <source>It goes on to the right as you scroll there.</source>
        <translation>右へスクロールすると続きます。</translation>
    </message>
    <message>
        <source>It goes on to the left as you scroll there.</source>
        <translation>左へスクロールすると続きます。</translation>
    </message>
    <message>
        <source>It does not go on any further.</source>
        <translation>ここで終わりにしました。</translation>
    </message>
    <message>
        <source>A clip has at least 2 frames, not {frames}: one frame is the picture itself.</source>
        <translation>クリップは 2 フレーム以上必要です（{frames} は不可）。1 フレームは絵そのものです。</translation>
    </message>
    <message>
        <source>Copy {name}</source>
        <translation>{name} をコピー</translation>
    </message>
    <message>
        <source>A clip is split between two of its frames. Put the playhead inside it.</source>
        <translation>クリップはフレームの間で分割します。再生ヘッドをクリップの中に置いてください。</translation>
    </message>
    <message>
        <source>Rename clip</source>
        <translation>クリップの名前を変更</translation>
    </message>
    <message>
        <source>Move clip</source>
        <translation>クリップを移動</translation>
    </message>
    <message>
        <source>The clip has frames 0 to {length}. Trim it to some of these.</source>
        <translation>クリップのフレームは 0〜{length} です。その範囲で切り詰めてください。</translation>
    </message>
    <message>
        <source>Trim clip</source>
        <translation>クリップを切り詰め</translation>
    </message>
    <message>
        <source>A clip has at least one frame. Delete it if you do not want it any more.</source>
        <translation>クリップには 1 フレーム以上必要です。不要なら削除してください。</translation>
    </message>
    <message>
        <source>Change length</source>
        <translation>長さを変更</translation>
    </message>
    <message>
        <source>Change words</source>
        <translation>言葉を変更</translation>
    </message>
    <message>
        <source>Change what moves</source>
        <translation>動く部分を変更</translation>
    </message>
    <message>
        <source>Loop clip</source>
        <translation>クリップをループ</translation>
    </message>
    <message>
        <source>Do not loop clip</source>
        <translation>クリップのループを解除</translation>
    </message>
    <message>
        <source>Change model</source>
        <translation>モデルを変更</translation>
    </message>
    <message>
        <source>There is no picture to animate. Choose a layer that has one and is visible.</source>
        <translation>動かす絵がありません。絵があって表示されているレイヤーを選んでください。</translation>
    </message>
    <message>
        <source>Frames of {width} × {height} pixels are too large for a film. Animate a smaller picture.</source>
        <translation>{width} × {height} ピクセルのフレームは動画には大きすぎます。小さい絵にしてください。</translation>
    </message>
    <message>
        <source>“{name}” has transparent parts, and a film has none. Paint or fill them first, or put a layer beneath.</source>
        <translation>「{name}」には透明部分がありますが、動画には使えません。先に塗るか、下にレイヤーを置いてください。</translation>
    </message>
    <message>
        <source>{frames} frames are too many for one clip; the limit is {most}. Make several clips.</source>
        <translation>{frames} フレームは一つのクリップには多すぎます（上限 {most}）。複数のクリップに分けてください。</translation>
    </message>
    <message>
        <source>{name} may not be written, so this is a copy of it. Give it a name to keep it.</source>
        <translation>{name} は書き込めないため、これはコピーです。残すには名前を付けてください。</translation>
    </message>
    <message>
        <source>A copy was saved as {name}.</source>
        <translation>コピーを {name} として保存しました。</translation>
    </message>
    <message>
        <source>Untitled — kept</source>
        <translation>無題 — 保存済み</translation>
    </message>
    <message>
        <source>{name} — saved</source>
        <translation>{name} — 保存済み</translation>
    </message>
    <message>
        <source>{name} — changed</source>
        <translation>{name} — 変更あり</translation>
    </message>
    <message>
        <source>{name} is saved.</source>
        <translation>{name} を保存しました。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>絵</translation>
    </message>
    <message>
        <source>{path} cannot be read: {error}.</source>
        <translation>{path} を読めません：{error}。</translation>
    </message>
    <message>
        <source>{path} is not a drawing that can be read, or it is damaged. Save it as a PNG and take that.</source>
        <translation>{path} は読める図ではないか、壊れています。PNG で保存して使ってください。</translation>
    </message>
    <message>
        <source>All frames of this clip are painted. Make it longer, or change its words or what moves.</source>
        <translation>このクリップはすべて描かれています。長くするか、言葉や動く部分を変えてください。</translation>
    </message>
    <message numerus="yes">
        <source>Painting %n frames of {name}.</source>
        <translation>
            <numerusform>{name} の %n フレームを描いています。</numerusform>
        </translation>
    </message>
    <message>
        <source>is not here</source>
        <translation>がここにありません</translation>
    </message>
    <message>
        <source>paints pictures, not films</source>
        <translation>は静止画用で、動画は描けません</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>まだなし</translation>
    </message>
    <message>
        <source>The model “{name}” {what}. Models for films that are here: {able}. The clip is kept; choose one of these for it, or import one, and animate again.</source>
        <translation>モデル「{name}」{what}。動画用のモデル：{able}。クリップは残っています。この中から選ぶか読み込んで、もう一度動かしてください。</translation>
    </message>
    <message>
        <source>Reading {name} …</source>
        <translation>{name} を読み込み中…</translation>
    </message>
    <message>
        <source>Placing {name}, {width} × {height} px …</source>
        <translation>{name} を配置中、{width} × {height} px…</translation>
    </message>
    <message>
        <source>{name} is placed.</source>
        <translation>{name} を配置しました。</translation>
    </message>
    <message>
        <source>{name} could not be placed ({kind}: {error}).</source>
        <translation>{name} を配置できませんでした（{kind}: {error}）。</translation>
    </message>
    <message>
        <source>{name} was drawn {width} × {height} px large.</source>
        <translation>{name} を {width} × {height} px で描きました。</translation>
    </message>
    <message>
        <source>The clip has frames 0 to {length}, and {number} is none of them.</source>
        <translation>クリップのフレームは 0〜{length} で、{number} は含まれません。</translation>
    </message>
    <message>
        <source>Every frame of this clip has a keyframe already. Make the clip longer to copy one.</source>
        <translation>このクリップの全フレームにキーフレームがあります。コピーするにはクリップを長くしてください。</translation>
    </message>
    <message>
        <source>This keyframe is not on the timeline any more.</source>
        <translation>このキーフレームはもうタイムラインにありません。</translation>
    </message>
    <message>
        <source>The region lies outside of “{name}”, so nothing would move. Drag it over the picture.</source>
        <translation>領域が「{name}」の外にあり、何も動きません。絵の上にドラッグしてください。</translation>
    </message>
    <message>
        <source>Merge {name} down</source>
        <translation>{name} を下と結合</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>統合</translation>
    </message>
    <message>
        <source>Shape layer</source>
        <translation>レイヤーを変形</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>反転</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>回転</translation>
    </message>
    <message>
        <source>This layer is turned, so a region cannot cut its sides. Use its handles with Ctrl.</source>
        <translation>このレイヤーは回転しているため、領域では切り取れません。Ctrl を押しながらハンドルを使ってください。</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切り取り</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Looking at {name}…</source>
        <translation>{name} を確認中…</translation>
    </message>
    <message>
        <source>“{name}” can be painted with now.</source>
        <translation>「{name}」で描けるようになりました。</translation>
    </message>
    <message>
        <source>The model was not imported. {why}</source>
        <translation>モデルは読み込まれませんでした。{why}</translation>
    </message>
    <message>
        <source>It</source>
        <translation>それ</translation>
    </message>
    <message>
        <source>“{name}” was exported as {file}.</source>
        <translation>「{name}」を {file} として書き出しました。</translation>
    </message>
    <message>
        <source>There is nothing on the canvas to learn. Place a picture, or choose files.</source>
        <translation>キャンバスに学ぶものがありません。画像を配置するか、ファイルを選んでください。</translation>
    </message>
    <message>
        <source>{width}×{height} px are too many. Choose a smaller layer, or export it first.</source>
        <translation>{width}×{height} px は大きすぎます。小さいレイヤーを選ぶか、先に書き出してください。</translation>
    </message>
    <message>
        <source>{folder} cannot be written: {error}.</source>
        <translation>{folder} に書き込めません：{error}。</translation>
    </message>
    <message>
        <source>“{name}” is learned. Choose it under Model to paint in its hand.</source>
        <translation>「{name}」の学習が終わりました。「モデル」で選ぶと、その筆致で描けます。</translation>
    </message>
    <message>
        <source>Do not take from here</source>
        <translation>ここからは取らない</translation>
    </message>
    <message>
        <source>No small marks that stand by themselves were found. Brush over what nothing is to be taken from.</source>
        <translation>独立した小さな印は見つかりませんでした。取ってほしくない所をなぞってください。</translation>
    </message>
    <message>
        <source>Take from here again</source>
        <translation>ここから再び取る</translation>
    </message>
    <message>
        <source>Take from everywhere again</source>
        <translation>どこからでも取る</translation>
    </message>
    <message>
        <source>Looking for seals, signatures and lettering.</source>
        <translation>印章・署名・文字を探しています。</translation>
    </message>
    <message>
        <source>Propose marks</source>
        <translation>印を提案</translation>
    </message>
    <message>
        <source>What looks like a mark is hatched: brush over what is missing, and with Alt over what may be taken from.</source>
        <translation>印らしい所に斜線を引きました。足りない所はなぞり、取ってよい所は Alt を押してなぞってください。</translation>
    </message>
    <message>
        <source>Paint from words</source>
        <translation>言葉から描く</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>埋める</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>広げる</translation>
    </message>
    <message>
        <source>All layers in sight are locked. Unlock one to clear the region.</source>
        <translation>見えているレイヤーはすべてロックされています。領域を消去するにはロックを外してください。</translation>
    </message>
    <message>
        <source>Clear region</source>
        <translation>領域を消去</translation>
    </message>
    <message>
        <source>Erase in region</source>
        <translation>領域内を消す</translation>
    </message>
    <message>
        <source>Drag out a region first: with the region tool or the lasso.</source>
        <translation>先に領域をドラッグしてください（領域ツールか投げなわ）。</translation>
    </message>
    <message>
        <source>There is nothing in the region that could be erased.</source>
        <translation>領域の中に消すものがありません。</translation>
    </message>
    <message>
        <source>Drag out a region first: with the region tool, beside the picture or over a hole.</source>
        <translation>先に領域ツールで、絵の横か穴の上に領域をドラッグしてください。</translation>
    </message>
    <message>
        <source>Drag out a region over what is to be replaced: with the region tool or the lasso.</source>
        <translation>置き換える部分に領域をドラッグしてください（領域ツールか投げなわ）。</translation>
    </message>
    <message>
        <source>Painting {width} × {height} px.</source>
        <translation>{width} × {height} px を描いています。</translation>
    </message>
    <message>
        <source>There is nothing to play yet. Put a picture on the timeline first.</source>
        <translation>再生するものがまだありません。先に絵をタイムラインに置いてください。</translation>
    </message>
    <message>
        <source>{speed} times as fast cannot be played: give {least} to {most}.</source>
        <translation>{speed} 倍速では再生できません。{least}〜{most} で指定してください。</translation>
    </message>
    <message>
        <source>{rate} frames per second cannot be shown: give {least} to {most}.</source>
        <translation>毎秒 {rate} フレームは表示できません。{least}〜{most} で指定してください。</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>元に戻しました</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>やり直しました</translation>
    </message>
    <message>
        <source>The history is forgotten, but the file is as large as before. {reason}</source>
        <translation>履歴を消去しましたが、ファイルの大きさは前のままです。{reason}</translation>
    </message>
    <message>
        <source>The history is forgotten. The file is {size:.1f} MB smaller.</source>
        <translation>履歴を消去しました。ファイルは {size:.1f} MB 小さくなりました。</translation>
    </message>
    <message>
        <source>There is nothing more to go back or forth to.</source>
        <translation>これ以上戻ることも進むこともできません。</translation>
    </message>
    <message>
        <source>Patch {done} of {total} is done.</source>
        <translation>パッチ {done} / {total} が仕上がりました。</translation>
    </message>
    <message>
        <source>accept it, look at its variants, or set it aside</source>
        <translation>採用するか、バリエーションを見るか、脇に置いてください</translation>
    </message>
    <message>
        <source>The film is painted: play it.</source>
        <translation>動画が描けました。再生してください。</translation>
    </message>
    <message>
        <source>The painting is done: {what}.</source>
        <translation>描き終わりました：{what}。</translation>
    </message>
    <message>
        <source>Variant {chosen} of {jobs}.</source>
        <translation>バリエーション {chosen} / {jobs}。</translation>
    </message>
    <message>
        <source>There is nothing to accept yet: paint a region first.</source>
        <translation>採用するものがまだありません。先に領域を描いてください。</translation>
    </message>
    <message>
        <source>This variant is still being painted. Wait for it, or pause it to accept what is there.</source>
        <translation>このバリエーションはまだ描画中です。待つか、一時停止して今ある分を採用してください。</translation>
    </message>
    <message>
        <source>Accepted: it is a layer of the picture now.</source>
        <translation>採用しました。絵のレイヤーになりました。</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Painted</source>
        <translation>描画</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>埋めた部分</translation>
    </message>
    <message>
        <source>to the left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>to the right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>upwards</source>
        <translation>上</translation>
    </message>
    <message>
        <source>downwards</source>
        <translation>下</translation>
    </message>
    <message>
        <source>Continuation {side}</source>
        <translation>続き（{side}）</translation>
    </message>
    <message>
        <source>Set aside. The queue keeps the variants until you remove them there.</source>
        <translation>脇に置きました。キューで取り除くまで残ります。</translation>
    </message>
    <message>
        <source>Nothing was set aside.</source>
        <translation>脇に置いたものはありません。</translation>
    </message>
    <message>
        <source>There is no finished patch to paint again at this place.</source>
        <translation>ここには描き直せる仕上がったパッチがありません。</translation>
    </message>
    <message>
        <source>“{name}” is on the timeline, where it stays as it was. To animate it as it is now, exchange the picture of its clip for this layer (menu Time, Clip).</source>
        <translation>「{name}」はタイムラインにあり、そこでは元のままです。今の状態で動かすには、クリップの絵をこのレイヤーと差し替えてください（メニュー「時間」→「クリップ」）。</translation>
    </message>
    <message>
        <source>This clip is not on the timeline any more.</source>
        <translation>このクリップはもうタイムラインにありません。</translation>
    </message>
    <message>
        <source>Name of the clip</source>
        <translation>クリップの名前</translation>
    </message>
    <message>
        <source>The key ↓ lists what the model knows.</source>
        <translation>↓ キーでモデルの知っている言葉を一覧します。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>言葉</translation>
    </message>
    <message>
        <source>what moves: mist drifts left, rain begins…</source>
        <translation>何が動くか：mist drifts left, rain begins…</translation>
    </message>
    <message>
        <source>Take this keyframe away</source>
        <translation>このキーフレームを外す</translation>
    </message>
    <message>
        <source>Move only the region</source>
        <translation>領域だけを動かす</translation>
    </message>
    <message>
        <source>Move all of it</source>
        <translation>全体を動かす</translation>
    </message>
    <message>
        <source>From the first frame on</source>
        <translation>最初のフレームから</translation>
    </message>
    <message>
        <source>From frame {number} on</source>
        <translation>フレーム {number} から</translation>
    </message>
    <message>
        <source>{width} × {height} px of it move</source>
        <translation>そのうち {width} × {height} px が動きます</translation>
    </message>
    <message>
        <source>all of it moves</source>
        <translation>全体が動きます</translation>
    </message>
    <message>
        <source>moves as before</source>
        <translation>これまでどおり動きます</translation>
    </message>
    <message>
        <source>Drag out a region on the canvas first.</source>
        <translation>先にキャンバスで領域をドラッグしてください。</translation>
    </message>
    <message>
        <source>Painted By</source>
        <translation>描画モデル</translation>
    </message>
    <message>
        <source>Time › Make a Clip</source>
        <translation>時間 › クリップを作成</translation>
    </message>
    <message>
        <source>A still that is to move comes here. Place a picture first, then press {keys}.</source>
        <translation>動かしたい静止画をここに置きます。先に画像を配置し、{keys} を押してください。</translation>
    </message>
    <message>
        <source>the part in the frame</source>
        <translation>枠の中の部分</translation>
    </message>
    <message>
        <source>the chosen layer</source>
        <translation>選択中のレイヤー</translation>
    </message>
    <message>
        <source>Press {keys} to set {what} in motion: it becomes a clip of {frames} frames.</source>
        <translation>{keys} を押すと{what}が動きます。{frames} フレームのクリップになります。</translation>
    </message>
    <message>
        <source>A clip is split before a later frame than its first. Move the playhead on.</source>
        <translation>クリップは最初より後のフレームで分割します。再生ヘッドを進めてください。</translation>
    </message>
    <message>
        <source>The playhead is not on “{name}”. Move it there first: nothing was changed.</source>
        <translation>再生ヘッドが「{name}」の上にありません。先に移動してください。何も変わっていません。</translation>
    </message>
    <message>
        <source>There is none for films</source>
        <translation>動画用のモデルはありません</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>ルーラー</translation>
    </message>
    <message>
        <source>Click or drag to go to a frame.</source>
        <translation>クリックかドラッグでフレームに移動します。</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>そのまま</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>古い</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>クリップ</translation>
    </message>
    <message>
        <source>{name}, {length} frames from frame {start}</source>
        <translation>{name}、フレーム {start} から {length} フレーム</translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation>選択なし</translation>
    </message>
    <message>
        <source>The keyframe at frame {number} is chosen; the arrow keys move it.</source>
        <translation>フレーム {number} のキーフレームを選択中。矢印キーで動かせます。</translation>
    </message>
    <message>
        <source>The arrow keys step through frames.</source>
        <translation>矢印キーでフレームを送ります。</translation>
    </message>
    <message numerus="yes">
        <source>%n clips; {chosen}. {arrows}</source>
        <translation>
            <numerusform>クリップ %n 個、{chosen}。{arrows}</numerusform>
        </translation>
    </message>
    <message>
        <source>a part</source>
        <translation>一部</translation>
    </message>
    <message>
        <source>animation</source>
        <translation>アニメーション</translation>
    </message>
    <message>
        <source>frame {number}</source>
        <translation>フレーム {number}</translation>
    </message>
    <message>
        <source>copy · frame {number}</source>
        <translation>コピー · フレーム {number}</translation>
    </message>
    <message>
        <source>{words}
Double-click: words from this frame on</source>
        <translation>{words}
ダブルクリック：このフレームからの言葉</translation>
    </message>
    <message>
        <source>Frame {number} · drag: to another one, with Ctrl a copy · double-click: its words</source>
        <translation>フレーム {number} · ドラッグ：移動、Ctrl でコピー · ダブルクリック：言葉</translation>
    </message>
    <message>
        <source>only a part of it moves</source>
        <translation>一部だけが動きます</translation>
    </message>
    <message>
        <source>{name}: {moves}
Double-click: another name</source>
        <translation>{name}：{moves}
ダブルクリック：名前を変更</translation>
    </message>
    <message>
        <source>Drag: shorter or longer</source>
        <translation>ドラッグ：短く・長く</translation>
    </message>
    <message>
        <source>Frame {number}: {state}</source>
        <translation>フレーム {number}：{state}</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>もう一度試す</translation>
    </message>
    <message>
        <source>To the first frame</source>
        <translation>最初のフレームへ</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>To the last frame</source>
        <translation>最後のフレームへ</translation>
    </message>
    <message>
        <source>Play round and round</source>
        <translation>繰り返し再生</translation>
    </message>
    <message>
        <source>Onion skin: the frame before in red, the one after in green</source>
        <translation>オニオンスキン：前のフレームは赤、次は緑</translation>
    </message>
    <message>
        <source>Keyframe: other words from here on</source>
        <translation>キーフレーム：ここから言葉を変える</translation>
    </message>
    <message>
        <source>Split the clip at the playhead</source>
        <translation>再生ヘッドでクリップを分割</translation>
    </message>
    <message>
        <source>Stop painting this clip; finished frames stay</source>
        <translation>このクリップの描画を止める（仕上がったフレームは残ります）</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>How fast it is played</source>
        <translation>再生の速さ</translation>
    </message>
    <message>
        <source>frame {number} · {seconds:.2f} s</source>
        <translation>フレーム {number} · {seconds:.2f} 秒</translation>
    </message>
    <message>
        <source>Paint the frames that wait or are out of date</source>
        <translation>待機中または古いフレームを描く</translation>
    </message>
    <message>
        <source>{state} · {done} of {frames} frames</source>
        <translation>{state} · {done} / {frames} フレーム</translation>
    </message>
    <message>
        <source>all frames are painted</source>
        <translation>全フレーム描画済み</translation>
    </message>
    <message>
        <source>{left} to paint</source>
        <translation>残り {left}</translation>
    </message>
    <message>
        <source>, {stale} of them out of date</source>
        <translation>（うち {stale} が古い）</translation>
    </message>
    <message>
        <source> · about {time}</source>
        <translation> · 約 {time}</translation>
    </message>
    <message>
        <source>out of date: </source>
        <translation>古い：</translation>
    </message>
    <message>
        <source>Place {name}</source>
        <translation>{name} を配置</translation>
    </message>
    <message>
        <source>Accept {name}</source>
        <translation>{name} を採用</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>レイヤーを追加</translation>
    </message>
    <message>
        <source>Duplicate {name}</source>
        <translation>{name} を複製</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>{name} を削除</translation>
    </message>
    <message>
        <source>Colour label</source>
        <translation>カラーラベル</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>レイヤーの名前を変更</translation>
    </message>
    <message>
        <source>Show layer</source>
        <translation>レイヤーを表示</translation>
    </message>
    <message>
        <source>Hide layer</source>
        <translation>レイヤーを隠す</translation>
    </message>
    <message>
        <source>Lock layer</source>
        <translation>レイヤーをロック</translation>
    </message>
    <message>
        <source>Unlock layer</source>
        <translation>レイヤーのロックを解除</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>レイヤーを移動</translation>
    </message>
    <message>
        <source>Reorder layers</source>
        <translation>レイヤーの順序を変更</translation>
    </message>
    <message>
        <source>Animate {name}</source>
        <translation>{name} を動かす</translation>
    </message>
    <message>
        <source>Split {name}</source>
        <translation>{name} を分割</translation>
    </message>
    <message>
        <source>Swap the still</source>
        <translation>静止画を差し替え</translation>
    </message>
    <message>
        <source>Change keyframe</source>
        <translation>キーフレームを変更</translation>
    </message>
    <message>
        <source>Add keyframe</source>
        <translation>キーフレームを追加</translation>
    </message>
    <message>
        <source>Move keyframe</source>
        <translation>キーフレームを移動</translation>
    </message>
    <message>
        <source>Copy keyframe</source>
        <translation>キーフレームをコピー</translation>
    </message>
    <message>
        <source>Delete keyframe</source>
        <translation>キーフレームを削除</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>フレームレート</translation>
    </message>
    <message>
        <source>Say what to paint, and pictures to paint from are chosen. Drop pictures here to choose them yourself.</source>
        <translation>何を描くか書くと、手本の絵が選ばれます。自分で選ぶには、ここに画像をドロップしてください。</translation>
    </message>
    <message>
        <source>Paint from these pictures</source>
        <translation>これらの絵を手本に描く</translation>
    </message>
    <message>
        <source>Out of nothing, what is painted is made of them, down to the brushwork</source>
        <translation>何もない所に描くとき、筆づかいまでこれらの絵から作ります</translation>
    </message>
    <message>
        <source>This picture</source>
        <translation>この絵</translation>
    </message>
    <message>
        <source>Everything visible</source>
        <translation>見えるものすべて</translation>
    </message>
    <message>
        <source>Everything and these</source>
        <translation>すべてとこれら</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>これらだけ</translation>
    </message>
    <message>
        <source>Beside a picture</source>
        <translation>絵のとなりでは</translation>
    </message>
    <message>
        <source>What a region beside a picture is painted from</source>
        <translation>絵のとなりの領域を何から描くか</translation>
    </message>
    <message>
        <source>Add Pictures…</source>
        <translation>画像を追加…</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>フォルダーを追加…</translation>
    </message>
    <message>
        <source>Words choose from the pictures of this folder, too, from now on</source>
        <translation>これからは言葉がこのフォルダーの絵からも選びます</translation>
    </message>
    <message>
        <source>No picture is known by {words}.</source>
        <translation>{words} に合う絵はありません。</translation>
    </message>
    <message>
        <source>Add Pictures</source>
        <translation>画像を追加</translation>
    </message>
    <message>
        <source>Add Folder</source>
        <translation>フォルダーを追加</translation>
    </message>
    <message>
        <source>{name} is gone</source>
        <translation>{name} がなくなっています</translation>
    </message>
    <message>
        <source>Keep this picture when the words change</source>
        <translation>言葉が変わってもこの絵を残す</translation>
    </message>
    <message>
        <source>Take another picture for these words</source>
        <translation>この言葉に別の絵を使う</translation>
    </message>
    <message>
        <source>Do not paint from this picture</source>
        <translation>この絵を手本にしない</translation>
    </message>
    <message>
        <source>There is no other picture for these words.</source>
        <translation>この言葉に合う別の絵はありません。</translation>
    </message>
    <message>
        <source>{path} was not closed properly. Open it in Handscroll once, then export it.</source>
        <translation>{path} は正しく閉じられていません。一度 Handscroll で開いてから書き出してください。</translation>
    </message>
    <message>
        <source>no layer at all</source>
        <translation>レイヤーなし</translation>
    </message>
    <message>
        <source>There is no layer “{name}”; the document has {have}.</source>
        <translation>レイヤー「{name}」はありません。ドキュメントにあるのは {have} です。</translation>
    </message>
    <message>
        <source>A layer that was to be exported is not in the picture any more. Choose the layers again.</source>
        <translation>書き出すレイヤーがもう絵にありません。レイヤーを選び直してください。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({kind}: {error}).</source>
        <translation>予期しない問題が起きました（{kind}: {error}）。</translation>
    </message>
    <message>
        <source>{sentence} What is painted is kept in the file.</source>
        <translation>{sentence} 描いたものはファイルに残っています。</translation>
    </message>
    <message>
        <source>The engine is starting.</source>
        <translation>エンジンを起動中です。</translation>
    </message>
    <message>
        <source>The engine is ready.</source>
        <translation>エンジンは準備できています。</translation>
    </message>
    <message>
        <source>The engine paints.</source>
        <translation>エンジンが描画中です。</translation>
    </message>
    <message>
        <source>The engine prepares itself for this computer. This takes a minute or two, only this once.</source>
        <translation>エンジンをこのコンピューター用に準備しています。1～2分かかりますが、初回のみです。</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>エンジンは動いていません。</translation>
    </message>
    <message>
        <source>Start It Now</source>
        <translation>今すぐ起動</translation>
    </message>
    <message>
        <source>Send the model “{name}” to {host}?</source>
        <translation>モデル「{name}」を {host} に送りますか？</translation>
    </message>
    <message>
        <source>It is not there yet ({mib:.0f} MiB). Once sent, it is kept there.</source>
        <translation>まだそこにありません（{mib:.0f} MiB）。一度送れば、そこに保存されます。</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>送る</translation>
    </message>
    <message>
        <source>Do Not Send</source>
        <translation>送らない</translation>
    </message>
    <message>
        <source>{device} on {host}</source>
        <translation>{host} の {device}</translation>
    </message>
    <message>
        <source>{program} could not be started.</source>
        <translation>{program} を起動できませんでした。</translation>
    </message>
    <message>
        <source>The engine has moved.</source>
        <translation>エンジンの実行場所が変わりました。</translation>
    </message>
    <message>
        <source>{name} could not be sent. {problem}</source>
        <translation>{name} を送れませんでした。{problem}</translation>
    </message>
    <message>
        <source>{name} is not on {host}, and was not sent. Choose another model, or paint here.</source>
        <translation>{name} は {host} になく、送られませんでした。別のモデルを選ぶか、このコンピューターで描画してください。</translation>
    </message>
    <message>
        <source>This is too much to send to the engine at once. Choose a smaller region, or fewer frames.</source>
        <translation>一度にエンジンへ送るには多すぎます。範囲を小さくするか、フレームを減らしてください。</translation>
    </message>
    <message>
        <source>“{text}” came in place of a message.</source>
        <translation>メッセージの代わりに「{text}」が届きました。</translation>
    </message>
    <message>
        <source>It is another version of Handscroll: install the same one on both computers.</source>
        <translation>Handscroll のバージョンが異なります。両方のコンピューターに同じものをインストールしてください。</translation>
    </message>
    <message>
        <source>A message came that is too long to be one.</source>
        <translation>長すぎるメッセージが届きました。</translation>
    </message>
    <message>
        <source>A message of an unknown kind came ({kind}).</source>
        <translation>不明な種類のメッセージが届きました（{kind}）。</translation>
    </message>
    <message>
        <source>A message came that cannot be read ({reason}).</source>
        <translation>読み取れないメッセージが届きました（{reason}）。</translation>
    </message>
    <message>
        <source>the CPU was asked for</source>
        <translation>CPU が指定されています</translation>
    </message>
    <message>
        <source>no CUDA device found</source>
        <translation>CUDA デバイスが見つかりません</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n threads</source>
        <translation>
            <numerusform>CPU、%n スレッド</numerusform>
        </translation>
    </message>
    <message>
        <source>What this was to be painted from is gone. Remove it from the queue.</source>
        <translation>描く元になるものがなくなりました。キューから取り除いてください。</translation>
    </message>
</context>
</TS>

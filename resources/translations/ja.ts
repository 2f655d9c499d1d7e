<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Violet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ground</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame beside the Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go On without End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do Not Take from Here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen pressure makes strokes thinner, and the eraser weaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour of the brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The colour of the brush: click to choose another. {other}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one behind it: click to swap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour used before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{invitation}, or press {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole picture; drag the frame to look at another part of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint the region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variants</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place and size of the region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this seed every time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draws a new number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words that steer the painting; none go on with what is there.
With | between, words change along the region.
The key ↓ lists what the model knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words for the region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what to paint…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>continue the painting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic, away from what is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ω: columns downwards, going right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ω*: columns downwards, going left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ζ: rows to the right, going down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ζ*: rows to the right, going up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} · about {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That form is too large to be kept pixel by pixel. Draw a smaller one or drag out a frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two forms lie too far apart for one region. Paint the first one before you draw another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to erase here. Unlock a layer or select another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>painting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many variants to paint of the region, to choose from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number that all chance comes from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint with the same seed every time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place and size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place and size in numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paints all of the region anew, what is there as well; it stays below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels around the region over which what is new goes over into what is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{feather} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paints the region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys}, or {front}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before all that waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{words} · touches nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture is near: the model invents freely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops after this token; what is painted stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variant before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The variant before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept what is painted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes what is painted so far into the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops painting; finished patches are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All variants side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes this variant; the others are not painted any further</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This could not be painted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One more variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paints another variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re-roll a patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a patch to have it painted again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doubt map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows how sure the model was of each patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sets the variants aside; the queue keeps them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes a layer of this variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{chosen} of {jobs}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variants side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variant {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture. The arrow keys move over it, plus and minus look closer or from farther away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to continue yet. {place}, or drag out a region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place a picture first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is too large for the clipboard. Choose a smaller region, or {export}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>export it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied {width} × {height} px.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture in the clipboard. Copy one and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Handscroll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {version}, Qt {qt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the engine has not started yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paints on where a painting ends. Everything happens on this machine; nothing is sent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It paints with {model} on this device: {device}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An open implementation of NUWA-Infinity. Apache License 2.0. Type: Inter, SIL Open Font License 1.1. Window: Qt, LGPL 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The welcome pictures are in the public domain: {pictures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape of “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut from the {side}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut Off the Border</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As It Was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut at the sides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>above and below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{px} px {side}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A border in one colour was found: {sides}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no document without a name. Every new one would be offered here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These have no name yet. Nothing in them is lost: open one and go on, or leave them for later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this document for good?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found}
It cannot be brought back afterwards.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last changed {changed}
{size:.1f} MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last changed {changed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Painting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the Usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of text and icons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The size changes at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zooms at the pointer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moves the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regions and pictures snap to 16 px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory for the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More memory makes large pictures move more smoothly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the fastest device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the graphics card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device changes when the engine starts the next time. The line at the bottom says which it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the doubt map over what is staged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the recipe into exported PNG files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With it you can see later with which seed and model a picture was painted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the Folder of Handscroll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents without a name, your own models and these settings are kept in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name or by keys, such as “paint” or “Ctrl+Z”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All as at First</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As at First</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” in {menu}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{pressed} already calls {others}. Give that other keys first, or choose another one here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each layer, a file of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8 bits a channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>16 bits a channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the recipe of the painting in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep caption, copyright and camera data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour under transparent parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Depth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transparent parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Said of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut into tiles of {width} × {height} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every pixel, with the recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small; nothing is transparent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller; 100 keeps every pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The smallest, slow to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every pixel, for printing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers, for Krita, GIMP, MyPaint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} needs one of the suffixes {suffixes}, which say how it is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width}×{height} is too large for {name}, which ends at {ends}. Export it smaller, as PNG or TIFF, or in tiles of {across}×{down}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{most} pixels a side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{side} and {most} million in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not keep {bits} bits; PNG and TIFF keep 8 or 16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scale must be above 0 and at most {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quality must be from 1 to 100.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds all layers in one file of any size. Choose another format for single ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiles must be at least one pixel wide and high.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to export yet. Place or paint a picture first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to export: the region is empty, or all layers are hidden.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to export: no layer has anything in the region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is a folder; add a file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is the document itself. Give the export another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n files in {folder}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Exported {where}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The export was cancelled; nothing was written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stops as soon as what is being packed is done; nothing will be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handscroll documents ({pattern})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents and pictures ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document has no name yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be kept as it is, and is offered to you the next time; or you save it under a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep It for Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget These</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Manual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History, the oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you do is listed here. A click goes back to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide this layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock this layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock this layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready to accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers, the topmost first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a picture on the canvas, or drag out a region and paint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an empty layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate this layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits to be painted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is being painted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is out of date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>variant {chosen} of {jobs}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame {number} {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is half painted</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n patches</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>done, others follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Staged, {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handscroll models ({pattern})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import Model File…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import Model Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the Frame Away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous Variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next Variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variants Side by Side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One More Variant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint One Patch Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring Back What Was Discarded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propose Marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take from Everywhere Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eyedropper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Black and White</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a Clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Animate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One Frame Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One Frame On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Round and Round</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Onion Skin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyframe…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the Keyframe Away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import the folder of a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the model “{name}” for good?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was painted with it stays; patches can no longer be painted again with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>continues pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paints from words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moving pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A patch takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import, export, rename and delete models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for models again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model. Put one into the folder of models, and look again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint with this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {memory_mib}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the pointer over a painted patch to see how it was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This was placed or drawn by hand; there is no recipe for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A third</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A quarter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far what is painted is made of what the picture shows, down to its brushwork. 0 % is the model alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calm to lively</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calm goes on with the ground and lets little begin; lively sets things into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How small it is painted before it gets the picture&apos;s own brushwork. Small sees whole forms; full size sees only leaves and strokes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Marks seals, signatures and lettering, to be seen and changed with the brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything may be taken from again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not take from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about following</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low stays close to what is likely, high dares more. 1.00 is the model&apos;s own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How strictly words are followed. Above 1.00 painting takes twice the time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the surface of the picture, its weave or paper, what is painted gets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this seed: the same region is painted the same way again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns, to the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns, to the left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows, downwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows, upwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freedom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits per token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follows the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Painted at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken as it stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold this recipe while the pointer moves on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model, seed, freedom, order and words for what is painted next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe of this patch is set for what you paint next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{strength:.0f} %, {lively:.0f} % lively</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>this picture, %n places</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>no one place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>full size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 / {scale} of its size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, at most {width} × {height} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Films ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn a painting on this computer, to go on in its hand, or how films move. Nothing leaves it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning “{}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{}” pauses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{}” comes to its end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{}” waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{}” could not go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{}” is learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up the study {name}; its model stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Films…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Is on the Canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn the mirror images too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is seen of the layer “{layer}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that is on the canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn a folder of pictures or films</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint with It</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{best} bits per token at best, {first} at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning its strokes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking at the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits per token as it learns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} at first, {best} at best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits per token on the held-out end: the lower, the better it foresees the painting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end of the picture, painted on by what is learned so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the engine is starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the engine is at rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>News</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory of the engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds a patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engine {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds:.2f} s a patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close ({more} more)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drag layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drag out what is to be painted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw round what is to be painted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>brush over what is to be painted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>brush over what nothing is to be taken from; Alt takes it back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paint with a colour; the engine goes on from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take away; what is gone can be painted again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take a colour from the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drag the canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a {frame} beside the landscape, then {press}: it goes on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hakone, by Hiroshige</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kanbara, by Hiroshige</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Landscape after Huang Gongwang</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>press {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paint it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The canvas is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place a Picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split at the Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longer by 10 Frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin at the Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End at the Playhead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move Only the Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End as It Begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange Its Picture for the Chosen Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale, Turn, Cut…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror Sideways</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mirror Upside Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn to the Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn to the Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut to Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flatten What Is Seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the One Above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the One Below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock or Unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe under the Pointer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models and Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide All Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put Panels Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Like the System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unnamed Documents…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place Picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export Film…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase in Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patch Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doubt Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snap to 16 px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint Region First</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause or Go On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go No Further</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes on as you scroll. {name} ends it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Region {width} × {height} px at {x}, {y}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear Region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete Layer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>

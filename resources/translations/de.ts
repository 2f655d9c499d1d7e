<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Ebene</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Untergrund</translation>
    </message>
    <message>
        <source>Frame beside the Picture</source>
        <translation>Rahmen neben dem Bild</translation>
    </message>
    <message>
        <source>Extend without End</source>
        <translation>Endlos weiter</translation>
    </message>
    <message>
        <source>Do Not Take from Here</source>
        <translation>Von hier nichts übernehmen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>Clip</translation>
    </message>
    <message>
        <source>Colour Label</source>
        <translation>Farbmarke</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>Härte</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Pen pressure makes strokes thinner, and the eraser weaker</source>
        <translation>Der Stiftdruck macht Striche dünner und den Radierer schwächer</translation>
    </message>
    <message>
        <source>Pen pressure</source>
        <translation>Stiftdruck</translation>
    </message>
    <message>
        <source>Colour of the brush</source>
        <translation>Pinselfarbe</translation>
    </message>
    <message>
        <source>The colour of the brush: click to choose another. {other}.</source>
        <translation>Die Pinselfarbe: zum Ändern klicken. {other}.</translation>
    </message>
    <message>
        <source>The one behind it: click to swap</source>
        <translation>Die dahinter: zum Tauschen klicken</translation>
    </message>
    <message>
        <source>Colour used before</source>
        <translation>Zuvor benutzte Farbe</translation>
    </message>
    <message>
        <source>Colour {name}</source>
        <translation>Farbe {name}</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>Ein Bild hier ablegen</translation>
    </message>
    <message>
        <source>{invitation}, or press {keys}</source>
        <translation>{invitation} oder {keys} drücken</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>The whole picture; drag the frame to look at another part of it.</source>
        <translation>Das ganze Bild; ziehen Sie den Rahmen, um einen anderen Teil zu sehen.</translation>
    </message>
    <message>
        <source>Paint the region</source>
        <translation>Den Bereich malen</translation>
    </message>
    <message>
        <source>Variants</source>
        <translation>Varianten</translation>
    </message>
    <message>
        <source>Place and size of the region</source>
        <translation>Lage und Größe des Bereichs</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>{words} in pixels</source>
        <translation>{words} in Pixeln</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Use this seed every time</source>
        <translation>Immer diesen Startwert verwenden</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>Anderer Startwert</translation>
    </message>
    <message>
        <source>Draws a new number</source>
        <translation>Zieht eine neue Zahl</translation>
    </message>
    <message>
        <source>Words that steer the painting; none go on with what is there.
With | between, words change along the region.
The key ↓ lists what the model knows.</source>
        <translation>Worte, die das Malen lenken; ohne Worte geht es mit dem Vorhandenen weiter.
Mit | dazwischen wechseln die Worte entlang des Bereichs.
Die Taste ↓ zeigt, was das Modell kennt.</translation>
    </message>
    <message>
        <source>Words for the region</source>
        <translation>Worte für den Bereich</translation>
    </message>
    <message>
        <source>what to paint…</source>
        <translation>was gemalt werden soll …</translation>
    </message>
    <message>
        <source>continue the painting…</source>
        <translation>das Bild weitermalen …</translation>
    </message>
    <message>
        <source>Automatic, away from what is there</source>
        <translation>Automatisch, weg vom Vorhandenen</translation>
    </message>
    <message>
        <source>ω: columns downwards, going right</source>
        <translation>ω: Spalten abwärts, nach rechts</translation>
    </message>
    <message>
        <source>ω*: columns downwards, going left</source>
        <translation>ω*: Spalten abwärts, nach links</translation>
    </message>
    <message>
        <source>ζ: rows to the right, going down</source>
        <translation>ζ: Zeilen nach rechts, abwärts</translation>
    </message>
    <message>
        <source>ζ*: rows to the right, going up</source>
        <translation>ζ*: Zeilen nach rechts, aufwärts</translation>
    </message>
    <message>
        <source>{words} · about {time}</source>
        <translation>{words} · etwa {time}</translation>
    </message>
    <message>
        <source>That form is too large to be kept pixel by pixel. Draw a smaller one or drag out a frame.</source>
        <translation>Diese Form ist zu groß, um Pixel für Pixel gemerkt zu werden. Zeichnen Sie eine kleinere oder ziehen Sie einen Rahmen auf.</translation>
    </message>
    <message>
        <source>The two forms lie too far apart for one region. Paint the first one before you draw another.</source>
        <translation>Die beiden Formen liegen für einen Bereich zu weit auseinander. Malen Sie erst die eine, bevor Sie die andere zeichnen.</translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation>Pinselstrich</translation>
    </message>
    <message>
        <source>There is nothing to erase here. Unlock a layer or select another one.</source>
        <translation>Hier gibt es nichts zu radieren. Entsperren Sie eine Ebene oder wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>painting</source>
        <translation>malt</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>preparing for this computer, a minute or two, only this once</source>
        <translation>richtet sich auf diesem Computer ein, ein bis zwei Minuten, nur dieses eine Mal</translation>
    </message>
    <message>
        <source>How many variants to paint of the region, to choose from</source>
        <translation>Wie viele Varianten des Bereichs zur Auswahl gemalt werden</translation>
    </message>
    <message>
        <source>The number that all chance comes from</source>
        <translation>Die Zahl, aus der aller Zufall kommt</translation>
    </message>
    <message>
        <source>Keep the seed</source>
        <translation>Startwert behalten</translation>
    </message>
    <message>
        <source>Paint with the same seed every time</source>
        <translation>Jedes Mal mit demselben Startwert malen</translation>
    </message>
    <message>
        <source>Place and size</source>
        <translation>Lage und Größe</translation>
    </message>
    <message>
        <source>Place and size in numbers</source>
        <translation>Lage und Größe in Zahlen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Paints all of the region anew, what is there as well; it stays below</source>
        <translation>Malt den ganzen Bereich neu, auch was schon da ist; das bleibt darunter erhalten</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>Kante</translation>
    </message>
    <message>
        <source>Pixels around the region over which what is new goes over into what is there</source>
        <translation>Pixel um den Bereich, über die das Neue ins Vorhandene übergeht</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>Paints the region</source>
        <translation>Malt den Bereich</translation>
    </message>
    <message>
        <source>{keys}, or {front}</source>
        <translation>{keys} oder {front}</translation>
    </message>
    <message>
        <source>before all that waits</source>
        <translation>vor allem, was wartet</translation>
    </message>
    <message>
        <source>{words} · touches nothing</source>
        <translation>{words} · berührt nichts</translation>
    </message>
    <message>
        <source>No picture is near: the model invents freely.</source>
        <translation>Kein Bild ist in der Nähe: Das Modell erfindet frei.</translation>
    </message>
    <message>
        <source>Order: {words}</source>
        <translation>Reihenfolge: {words}</translation>
    </message>
    <message>
        <source>Stops after this token; what is painted stays</source>
        <translation>Hält nach diesem Token an; Gemaltes bleibt</translation>
    </message>
    <message>
        <source>Variant before</source>
        <translation>Vorige Variante</translation>
    </message>
    <message>
        <source>The variant before</source>
        <translation>Die vorige Variante</translation>
    </message>
    <message>
        <source>Next variant</source>
        <translation>Nächste Variante</translation>
    </message>
    <message>
        <source>The next variant</source>
        <translation>Die nächste Variante</translation>
    </message>
    <message>
        <source>Accept what is painted</source>
        <translation>Gemaltes annehmen</translation>
    </message>
    <message>
        <source>Takes what is painted so far into the picture</source>
        <translation>Nimmt das bisher Gemalte ins Bild auf</translation>
    </message>
    <message>
        <source>Stops painting; finished patches are kept</source>
        <translation>Beendet das Malen; fertige Felder bleiben</translation>
    </message>
    <message>
        <source>All variants side by side</source>
        <translation>Alle Varianten nebeneinander</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Takes this variant; the others are not painted any further</source>
        <translation>Nimmt diese Variante; die anderen werden nicht weitergemalt</translation>
    </message>
    <message>
        <source>This could not be painted.</source>
        <translation>Das konnte nicht gemalt werden.</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>wird abgeschlossen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>+1 more</source>
        <translation>+1 weitere</translation>
    </message>
    <message>
        <source>One more variant</source>
        <translation>Noch eine Variante</translation>
    </message>
    <message>
        <source>Paints another variant</source>
        <translation>Malt eine weitere Variante</translation>
    </message>
    <message>
        <source>Re-roll</source>
        <translation>Neu würfeln</translation>
    </message>
    <message>
        <source>Re-roll a patch</source>
        <translation>Ein Feld neu würfeln</translation>
    </message>
    <message>
        <source>Click a patch to have it painted again</source>
        <translation>Klicken Sie auf ein Feld, um es neu malen zu lassen</translation>
    </message>
    <message>
        <source>Doubt</source>
        <translation>Zweifel</translation>
    </message>
    <message>
        <source>Doubt map</source>
        <translation>Zweifelskarte</translation>
    </message>
    <message>
        <source>Shows how sure the model was of each patch</source>
        <translation>Zeigt, wie sicher sich das Modell bei jedem Feld war</translation>
    </message>
    <message>
        <source>Sets the variants aside; the queue keeps them</source>
        <translation>Legt die Varianten beiseite; die Warteschlange behält sie</translation>
    </message>
    <message>
        <source>Makes a layer of this variant</source>
        <translation>Macht aus dieser Variante eine Ebene</translation>
    </message>
    <message>
        <source>{chosen} of {jobs}</source>
        <translation>{chosen} von {jobs}</translation>
    </message>
    <message>
        <source>Click a patch</source>
        <translation>Feld anklicken</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Variants side by side</source>
        <translation>Varianten nebeneinander</translation>
    </message>
    <message>
        <source>Variant {number}</source>
        <translation>Variante {number}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>Leinwand</translation>
    </message>
    <message>
        <source>The picture. The arrow keys move over it, plus and minus look closer or from farther away.</source>
        <translation>Das Bild. Die Pfeiltasten bewegen den Ausschnitt, Plus und Minus vergrößern und verkleinern.</translation>
    </message>
    <message>
        <source>There is nothing to continue yet. {place}, or drag out a region.</source>
        <translation>Es gibt noch nichts weiterzumalen. {place} oder ziehen Sie einen Bereich auf.</translation>
    </message>
    <message>
        <source>Place a picture first</source>
        <translation>Platzieren Sie zuerst ein Bild</translation>
    </message>
    <message>
        <source>Forget everything that can be undone?</source>
        <translation>Alles vergessen, was rückgängig gemacht werden kann?</translation>
    </message>
    <message>
        <source>The picture stays as it is, and the file becomes smaller. Nothing can be undone or redone any more, and variants beside those that you accepted are gone.</source>
        <translation>Das Bild bleibt, wie es ist, und die Datei wird kleiner. Danach lässt sich nichts mehr rückgängig machen oder wiederholen, und Varianten neben den angenommenen sind fort.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>This is too large for the clipboard. Choose a smaller region, or {export}.</source>
        <translation>Das ist zu groß für die Zwischenablage. Wählen Sie einen kleineren Bereich oder {export}.</translation>
    </message>
    <message>
        <source>export it</source>
        <translation>exportieren Sie es</translation>
    </message>
    <message>
        <source>Copied {width} × {height} px.</source>
        <translation>{width} × {height} px kopiert.</translation>
    </message>
    <message>
        <source>Pasted</source>
        <translation>Eingefügt</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard. Copy one and try again.</source>
        <translation>In der Zwischenablage ist kein Bild. Kopieren Sie eines und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>About Handscroll</source>
        <translation>Über Handscroll</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Version {version}, Qt {qt}</source>
        <translation>Version {version}, Qt {qt}</translation>
    </message>
    <message>
        <source>the engine has not started yet</source>
        <translation>die Engine ist noch nicht gestartet</translation>
    </message>
    <message>
        <source>Paints on where a painting ends. Everything happens on this machine; nothing is sent anywhere.</source>
        <translation>Malt weiter, wo ein Bild endet. Alles geschieht auf diesem Rechner; nichts wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>It paints with {model} on this device: {device}.</source>
        <translation>Es malt mit {model} auf diesem Gerät: {device}.</translation>
    </message>
    <message>
        <source>An open implementation of NUWA-Infinity. Apache License 2.0. Type: Inter, SIL Open Font License 1.1. Window: Qt, LGPL 3.</source>
        <translation>Eine offene Umsetzung von NUWA-Infinity. Apache License 2.0. Schrift: Inter, SIL Open Font License 1.1. Fenster: Qt, LGPL 3.</translation>
    </message>
    <message>
        <source>The welcome pictures are in the public domain: {pictures}.</source>
        <translation>Die Begrüßungsbilder sind gemeinfrei: {pictures}.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>Shape of “{name}”</source>
        <translation>Form von „{name}“</translation>
    </message>
    <message>
        <source>Keep the ratio</source>
        <translation>Seitenverhältnis beibehalten</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation>Seitlich</translation>
    </message>
    <message>
        <source>Upside down</source>
        <translation>Kopfüber</translation>
    </message>
    <message>
        <source>Cut from the {side}</source>
        <translation>Abschneiden: {side}</translation>
    </message>
    <message>
        <source>Cut Off the Border</source>
        <translation>Rand abschneiden</translation>
    </message>
    <message>
        <source>As It Was</source>
        <translation>Wie zuvor</translation>
    </message>
    <message>
        <source>Turned</source>
        <translation>Gedreht</translation>
    </message>
    <message>
        <source>Mirrored</source>
        <translation>Gespiegelt</translation>
    </message>
    <message>
        <source>Cut at the sides</source>
        <translation>Seitlich beschnitten</translation>
    </message>
    <message>
        <source>above and below</source>
        <translation>oben und unten</translation>
    </message>
    <message>
        <source>A border in one colour was found: {sides}.</source>
        <translation>Ein einfarbiger Rand wurde gefunden: {sides}.</translation>
    </message>
    <message>
        <source>There is no document without a name. Every new one would be offered here.</source>
        <translation>Es gibt kein Dokument ohne Namen. Jedes neue würde hier angeboten.</translation>
    </message>
    <message>
        <source>These have no name yet. Nothing in them is lost: open one and go on, or leave them for later.</source>
        <translation>Diese haben noch keinen Namen. Nichts darin ist verloren: Öffnen Sie eines und machen Sie weiter, oder lassen Sie sie für später.</translation>
    </message>
    <message>
        <source>Unnamed documents</source>
        <translation>Dokumente ohne Namen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Delete this document for good?</source>
        <translation>Dieses Dokument endgültig löschen?</translation>
    </message>
    <message>
        <source>{found}
It cannot be brought back afterwards.</source>
        <translation>{found}
Es lässt sich danach nicht zurückholen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Go Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Last changed {changed}
{size:.1f} MiB</source>
        <translation>Zuletzt geändert {changed}
{size:.1f} MiB</translation>
    </message>
    <message>
        <source>Last changed {changed}</source>
        <translation>Zuletzt geändert {changed}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Back to the Usual</source>
        <translation>Auf Standard zurücksetzen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Size of text and icons</source>
        <translation>Größe von Text und Symbolen</translation>
    </message>
    <message>
        <source>The size changes at the next start.</source>
        <translation>Die Größe ändert sich beim nächsten Start.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>Die Sprache ändert sich beim nächsten Start.</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Bewegung verringern</translation>
    </message>
    <message>
        <source>The wheel</source>
        <translation>Das Mausrad</translation>
    </message>
    <message>
        <source>zooms at the pointer</source>
        <translation>zoomt am Zeiger</translation>
    </message>
    <message>
        <source>moves the picture</source>
        <translation>verschiebt das Bild</translation>
    </message>
    <message>
        <source>Empty canvas</source>
        <translation>Leere Leinwand</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>Schachbrett</translation>
    </message>
    <message>
        <source>Regions and pictures snap to 16 px</source>
        <translation>Bereiche und Bilder rasten auf 16 px ein</translation>
    </message>
    <message>
        <source>Rulers</source>
        <translation>Lineale</translation>
    </message>
    <message>
        <source>Patch grid</source>
        <translation>Feldraster</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>Miniaturkarte</translation>
    </message>
    <message>
        <source>Memory for the picture</source>
        <translation>Speicher für das Bild</translation>
    </message>
    <message>
        <source>More memory makes large pictures move more smoothly.</source>
        <translation>Mehr Speicher lässt große Bilder flüssiger laufen.</translation>
    </message>
    <message>
        <source>Engine runs on</source>
        <translation>Engine läuft auf</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>diesem Rechner</translation>
    </message>
    <message>
        <source>another one, by SSH</source>
        <translation>einem anderen, über SSH</translation>
    </message>
    <message>
        <source>Name of that computer</source>
        <translation>Name dieses Rechners</translation>
    </message>
    <message>
        <source>as in your SSH configuration</source>
        <translation>wie in Ihrer SSH-Konfiguration</translation>
    </message>
    <message>
        <source>Command there</source>
        <translation>Befehl dort</translation>
    </message>
    <message>
        <source>Handscroll must be installed there, and your SSH key must open it without a password. Documents stay here; what lies around a region is sent through SSH, and nothing listens on a port.</source>
        <translation>Handscroll muss dort installiert sein, und Ihr SSH-Schlüssel muss ihn ohne Passwort öffnen. Dokumente bleiben hier; was um einen Bereich liegt, wird über SSH gesendet, und nichts lauscht an einem Port.</translation>
    </message>
    <message>
        <source>Paint on</source>
        <translation>Malen auf</translation>
    </message>
    <message>
        <source>the fastest device</source>
        <translation>dem schnellsten Gerät</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>dem Prozessor</translation>
    </message>
    <message>
        <source>the graphics card</source>
        <translation>der Grafikkarte</translation>
    </message>
    <message>
        <source>The device changes when the engine starts the next time. The line at the bottom says which it is.</source>
        <translation>Das Gerät wechselt beim nächsten Start der Engine. Die Zeile unten nennt es.</translation>
    </message>
    <message>
        <source>Show the doubt map over what is staged</source>
        <translation>Die Zweifelskarte über Vorgelegtem zeigen</translation>
    </message>
    <message>
        <source>Write the recipe into exported PNG files</source>
        <translation>Das Rezept in exportierte PNG-Dateien schreiben</translation>
    </message>
    <message>
        <source>With it you can see later with which seed and model a picture was painted.</source>
        <translation>Damit sehen Sie später, mit welchem Startwert und Modell ein Bild gemalt wurde.</translation>
    </message>
    <message>
        <source>Show the Folder of Handscroll</source>
        <translation>Ordner von Handscroll zeigen</translation>
    </message>
    <message>
        <source>Documents without a name, your own models and these settings are kept in {folder}.</source>
        <translation>Dokumente ohne Namen, eigene Modelle und diese Einstellungen liegen in {folder}.</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search by name or by keys, such as “paint” or “Ctrl+Z”</source>
        <translation>Nach Namen oder Tasten suchen, etwa „malen“ oder „Strg+Z“</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>No Keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>As at First</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>“{name}” in {menu}</source>
        <translation>„{name}“ in {menu}</translation>
    </message>
    <message>
        <source>{pressed} already calls {others}. Give that other keys first, or choose another one here.</source>
        <translation>{pressed} ruft schon {others} auf. Geben Sie dem zuerst andere Tasten, oder wählen Sie hier andere.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Taken From</source>
        <translation>Vorbilder</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>etwa {bytes}</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Each layer, a file of its own</source>
        <translation>Jede Ebene als eigene Datei</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Breite in Pixeln</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Höhe in Pixeln</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>8 bits a channel</source>
        <translation>8 Bit je Kanal</translation>
    </message>
    <message>
        <source>16 bits a channel</source>
        <translation>16 Bit je Kanal</translation>
    </message>
    <message>
        <source>Keep the recipe of the painting in it</source>
        <translation>Das Rezept des Gemalten mitspeichern</translation>
    </message>
    <message>
        <source>Keep caption, copyright and camera data</source>
        <translation>Beschreibung, Urheber und Kameradaten behalten</translation>
    </message>
    <message>
        <source>Fill with</source>
        <translation>Füllen mit</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Colour under transparent parts</source>
        <translation>Farbe unter durchsichtigen Teilen</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Transparent parts</source>
        <translation>Durchsichtige Teile</translation>
    </message>
    <message>
        <source>Said of it</source>
        <translation>Angaben zum Bild</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
    <message>
        <source>Cut into tiles of {width} × {height} px</source>
        <translation>In Kacheln von {width} × {height} px schneiden</translation>
    </message>
    <message>
        <source>Every pixel, with the recipe</source>
        <translation>Jedes Pixel, mit dem Rezept</translation>
    </message>
    <message>
        <source>Small; nothing is transparent</source>
        <translation>Klein; nichts ist durchsichtig</translation>
    </message>
    <message>
        <source>Smaller; 100 keeps every pixel</source>
        <translation>Kleiner; 100 erhält jedes Pixel</translation>
    </message>
    <message>
        <source>The smallest, slow to write</source>
        <translation>Am kleinsten, langsam beim Schreiben</translation>
    </message>
    <message>
        <source>Every pixel, for printing</source>
        <translation>Jedes Pixel, für den Druck</translation>
    </message>
    <message>
        <source>Layers, for Krita, GIMP, MyPaint</source>
        <translation>Ebenen, für Krita, GIMP, MyPaint</translation>
    </message>
    <message>
        <source>{path} needs one of the suffixes {suffixes}, which say how it is written.</source>
        <translation>{path} braucht eine der Endungen {suffixes}; sie sagen, wie geschrieben wird.</translation>
    </message>
    <message>
        <source>{width}×{height} is too large for {name}, which ends at {ends}. Export it smaller, as PNG or TIFF, or in tiles of {across}×{down}.</source>
        <translation>{width}×{height} ist zu groß für {name}; dort ist bei {ends} Schluss. Exportieren Sie kleiner, als PNG oder TIFF, oder in Kacheln von {across}×{down}.</translation>
    </message>
    <message>
        <source>{most} pixels a side</source>
        <translation>{most} Pixeln je Seite</translation>
    </message>
    <message>
        <source>{side} and {most} million in all</source>
        <translation>{side} und {most} Millionen insgesamt</translation>
    </message>
    <message>
        <source>{name} does not keep {bits} bits; PNG and TIFF keep 8 or 16.</source>
        <translation>{name} hält keine {bits} Bit; PNG und TIFF halten 8 oder 16.</translation>
    </message>
    <message>
        <source>For everyone, everywhere</source>
        <translation>Für alle, überall</translation>
    </message>
    <message>
        <source>Smaller, for the web</source>
        <translation>Kleiner, fürs Web</translation>
    </message>
    <message>
        <source>Goes round by itself; 256 colours</source>
        <translation>Läuft von selbst in Schleife; 256 Farben</translation>
    </message>
    <message>
        <source>Goes round by itself; all colours</source>
        <translation>Läuft von selbst in Schleife; alle Farben</translation>
    </message>
    <message>
        <source>PNG frames</source>
        <translation>PNG-Bilder</translation>
    </message>
    <message>
        <source>A folder; every pixel of every frame</source>
        <translation>Ein Ordner; jedes Pixel jedes Bildes</translation>
    </message>
    <message>
        <source>There is nothing to export: no clip lies in this part of the canvas and of the time.</source>
        <translation>Es gibt nichts zu exportieren: In diesem Teil der Leinwand und der Zeit liegt kein Clip.</translation>
    </message>
    <message>
        <source>The scale must be above 0 and at most {most}.</source>
        <translation>Der Maßstab muss über 0 und höchstens {most} sein.</translation>
    </message>
    <message>
        <source>This part of the canvas is too large for a film. Frame a smaller region, or export one clip.</source>
        <translation>Dieser Teil der Leinwand ist zu groß für einen Film. Rahmen Sie einen kleineren Bereich ein, oder exportieren Sie einen Clip.</translation>
    </message>
    <message>
        <source>The memory does not suffice, and nothing was written. Export a smaller part, or a folder of PNGs.</source>
        <translation>Der Speicher reicht nicht, und nichts wurde geschrieben. Exportieren Sie einen kleineren Teil oder einen Ordner mit PNGs.</translation>
    </message>
    <message>
        <source>The quality must be from 1 to 100.</source>
        <translation>Die Qualität muss zwischen 1 und 100 liegen.</translation>
    </message>
    <message>
        <source>{name} holds all layers in one file of any size. Choose another format for single ones.</source>
        <translation>{name} hält alle Ebenen in einer Datei beliebiger Größe. Wählen Sie für einzelne ein anderes Format.</translation>
    </message>
    <message>
        <source>Tiles must be at least one pixel wide and high.</source>
        <translation>Kacheln müssen mindestens ein Pixel breit und hoch sein.</translation>
    </message>
    <message>
        <source>There is nothing to export yet. Place or paint a picture first.</source>
        <translation>Es gibt noch nichts zu exportieren. Platzieren oder malen Sie zuerst ein Bild.</translation>
    </message>
    <message>
        <source>There is nothing to export: the region is empty, or all layers are hidden.</source>
        <translation>Es gibt nichts zu exportieren: Der Bereich ist leer, oder alle Ebenen sind ausgeblendet.</translation>
    </message>
    <message>
        <source>There is nothing to export: no layer has anything in the region.</source>
        <translation>Es gibt nichts zu exportieren: Keine Ebene hat etwas im Bereich.</translation>
    </message>
    <message>
        <source>{path} is a folder; add a file name.</source>
        <translation>{path} ist ein Ordner; fügen Sie einen Dateinamen hinzu.</translation>
    </message>
    <message>
        <source>{path} is the document itself. Give the export another name.</source>
        <translation>{path} ist das Dokument selbst. Geben Sie dem Export einen anderen Namen.</translation>
    </message>
    <message>
        <source>What will be written</source>
        <translation>Was geschrieben wird</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Exportiert …</translation>
    </message>
    <message numerus="yes">
        <source>%n files in {folder}</source>
        <translation>
            <numerusform>%n Datei in {folder}</numerusform>
            <numerusform>%n Dateien in {folder}</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported {where}.</source>
        <translation>Exportiert: {where}.</translation>
    </message>
    <message>
        <source>The export was cancelled; nothing was written.</source>
        <translation>Der Export wurde abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>It stops as soon as what is being packed is done; nothing will be written.</source>
        <translation>Er endet, sobald fertig ist, was gerade gepackt wird; nichts wird geschrieben.</translation>
    </message>
    <message>
        <source>Handscroll documents ({pattern})</source>
        <translation>Handscroll-Dokumente ({pattern})</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>Bilder ({patterns})</translation>
    </message>
    <message>
        <source>Documents and pictures ({patterns})</source>
        <translation>Dokumente und Bilder ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Place pictures</source>
        <translation>Bilder platzieren</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} Kopie</translation>
    </message>
    <message>
        <source>This document has no name yet.</source>
        <translation>Dieses Dokument hat noch keinen Namen.</translation>
    </message>
    <message>
        <source>It can be kept as it is, and is offered to you the next time; or you save it under a name.</source>
        <translation>Es kann bleiben, wie es ist, und wird Ihnen das nächste Mal angeboten; oder Sie speichern es unter einem Namen.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Keep It for Later</source>
        <translation>Für später behalten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Forget These</source>
        <translation>Diese vergessen</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>History, the oldest first</source>
        <translation>Verlauf, das Älteste zuerst</translation>
    </message>
    <message>
        <source>What you do is listed here. A click goes back to it.</source>
        <translation>Was Sie tun, steht hier. Ein Klick geht dorthin zurück.</translation>
    </message>
    <message>
        <source>Hide this layer</source>
        <translation>Diese Ebene ausblenden</translation>
    </message>
    <message>
        <source>Show this layer</source>
        <translation>Diese Ebene einblenden</translation>
    </message>
    <message>
        <source>Lock this layer</source>
        <translation>Diese Ebene sperren</translation>
    </message>
    <message>
        <source>Unlock this layer</source>
        <translation>Diese Ebene entsperren</translation>
    </message>
    <message>
        <source>ready to accept</source>
        <translation>bereit zum Annehmen</translation>
    </message>
    <message>
        <source>Layers, the topmost first</source>
        <translation>Ebenen, die oberste zuerst</translation>
    </message>
    <message>
        <source>Drop a picture on the canvas, or drag out a region and paint.</source>
        <translation>Legen Sie ein Bild auf der Leinwand ab, oder ziehen Sie einen Bereich auf und malen Sie.</translation>
    </message>
    <message>
        <source>Add an empty layer</source>
        <translation>Leere Ebene hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate this layer</source>
        <translation>Diese Ebene duplizieren</translation>
    </message>
    <message>
        <source>Delete this layer</source>
        <translation>Diese Ebene löschen</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>waits to be painted</source>
        <translation>wartet aufs Malen</translation>
    </message>
    <message>
        <source>is being painted</source>
        <translation>wird gemalt</translation>
    </message>
    <message>
        <source>is out of date</source>
        <translation>ist veraltet</translation>
    </message>
    <message>
        <source>variant {chosen} of {jobs}</source>
        <translation>Variante {chosen} von {jobs}</translation>
    </message>
    <message>
        <source>frame {number} {words}</source>
        <translation>Bild {number} {words}</translation>
    </message>
    <message>
        <source>is half painted</source>
        <translation>ist halb gemalt</translation>
    </message>
    <message numerus="yes">
        <source>%n patches</source>
        <translation>
            <numerusform>%n Feld</numerusform>
            <numerusform>%n Felder</numerusform>
        </translation>
    </message>
    <message>
        <source>done, others follow</source>
        <translation>fertig, andere folgen</translation>
    </message>
    <message>
        <source>Staged, {name}</source>
        <translation>Vorgelegt, {name}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Handscroll models ({pattern})</source>
        <translation>Handscroll-Modelle ({pattern})</translation>
    </message>
    <message>
        <source>Import Model File…</source>
        <translation>Modelldatei importieren …</translation>
    </message>
    <message>
        <source>Import Model Folder…</source>
        <translation>Modellordner importieren …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Forget History…</source>
        <translation>Verlauf vergessen …</translation>
    </message>
    <message>
        <source>Above</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Below</source>
        <translation>Unten</translation>
    </message>
    <message>
        <source>A Panorama: Its Right End Meets Its Left</source>
        <translation>Panorama: Das rechte Ende trifft das linke</translation>
    </message>
    <message>
        <source>Remove Frame</source>
        <translation>Rahmen entfernen</translation>
    </message>
    <message>
        <source>Previous Variant</source>
        <translation>Vorige Variante</translation>
    </message>
    <message>
        <source>Next Variant</source>
        <translation>Nächste Variante</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Variants Side by Side</source>
        <translation>Varianten nebeneinander</translation>
    </message>
    <message>
        <source>One More Variant</source>
        <translation>Noch eine Variante</translation>
    </message>
    <message>
        <source>Paint One Patch Again</source>
        <translation>Ein Feld neu malen</translation>
    </message>
    <message>
        <source>Restore Discarded Variants</source>
        <translation>Verworfenes zurückholen</translation>
    </message>
    <message>
        <source>Propose Marks</source>
        <translation>Markierungen vorschlagen</translation>
    </message>
    <message>
        <source>Take from Everywhere Again</source>
        <translation>Wieder von überall übernehmen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Region Brush</source>
        <translation>Bereichspinsel</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Eyedropper</source>
        <translation>Pipette</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>Smaller Brush</source>
        <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>Larger Brush</source>
        <translation>Größerer Pinsel</translation>
    </message>
    <message>
        <source>Swap Colours</source>
        <translation>Farben tauschen</translation>
    </message>
    <message>
        <source>Black and White</source>
        <translation>Schwarz und Weiß</translation>
    </message>
    <message>
        <source>Make a Clip</source>
        <translation>Clip anlegen</translation>
    </message>
    <message>
        <source>Animate</source>
        <translation>Animieren</translation>
    </message>
    <message>
        <source>Play or Pause</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>One Frame Back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>One Frame On</source>
        <translation>Ein Bild vor</translation>
    </message>
    <message>
        <source>First Frame</source>
        <translation>Erstes Bild</translation>
    </message>
    <message>
        <source>Last Frame</source>
        <translation>Letztes Bild</translation>
    </message>
    <message>
        <source>Loop Playback</source>
        <translation>In Schleife</translation>
    </message>
    <message>
        <source>Onion Skin</source>
        <translation>Zwiebelhaut</translation>
    </message>
    <message>
        <source>Keyframe…</source>
        <translation>Schlüsselbild …</translation>
    </message>
    <message>
        <source>Remove Keyframe</source>
        <translation>Schlüsselbild entfernen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Modell importieren</translation>
    </message>
    <message>
        <source>Import the folder of a model</source>
        <translation>Ordner eines Modells importieren</translation>
    </message>
    <message>
        <source>Export a model</source>
        <translation>Modell exportieren</translation>
    </message>
    <message>
        <source>Rename model</source>
        <translation>Modell umbenennen</translation>
    </message>
    <message>
        <source>Delete the model “{name}” for good?</source>
        <translation>Das Modell „{name}“ endgültig löschen?</translation>
    </message>
    <message>
        <source>What was painted with it stays; patches can no longer be painted again with it.</source>
        <translation>Damit Gemaltes bleibt; Felder lassen sich nicht mehr damit neu malen.</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>In memory</source>
        <translation>Im Speicher</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>continues pictures</source>
        <translation>malt Bilder weiter</translation>
    </message>
    <message>
        <source>paints from words</source>
        <translation>malt nach Worten</translation>
    </message>
    <message>
        <source>moving pictures</source>
        <translation>bewegte Bilder</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>preparing, only this once</source>
        <translation>richtet sich ein, nur dieses eine Mal</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Memory in use</source>
        <translation>Belegter Speicher</translation>
    </message>
    <message>
        <source>A patch takes</source>
        <translation>Ein Feld dauert</translation>
    </message>
    <message>
        <source>Import, export, rename and delete models</source>
        <translation>Modelle importieren, exportieren, umbenennen und löschen</translation>
    </message>
    <message>
        <source>Look for models again</source>
        <translation>Erneut nach Modellen suchen</translation>
    </message>
    <message>
        <source>There is no model. Put one into the folder of models, and look again.</source>
        <translation>Es gibt kein Modell. Legen Sie eines in den Modellordner und suchen Sie erneut.</translation>
    </message>
    <message>
        <source>Paint with this model</source>
        <translation>Mit diesem Modell malen</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>Über dieses Modell</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>nicht benutzbar</translation>
    </message>
    <message>
        <source> · in use</source>
        <translation> · in Gebrauch</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>about {memory_mib}</source>
        <translation>etwa {memory_mib}</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Move the pointer over a painted patch to see how it was made.</source>
        <translation>Bewegen Sie den Zeiger über ein gemaltes Feld, um zu sehen, wie es entstand.</translation>
    </message>
    <message>
        <source>This was placed or drawn by hand; there is no recipe for it.</source>
        <translation>Das wurde platziert oder von Hand gezeichnet; dafür gibt es kein Rezept.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>Volle Größe</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>Halb</translation>
    </message>
    <message>
        <source>A third</source>
        <translation>Ein Drittel</translation>
    </message>
    <message>
        <source>A quarter</source>
        <translation>Ein Viertel</translation>
    </message>
    <message>
        <source>Follow the picture</source>
        <translation>Dem Bild folgen</translation>
    </message>
    <message>
        <source>How far what is painted is made of what the picture shows, down to its brushwork. 0 % is the model alone.</source>
        <translation>Wie weit Gemaltes aus dem besteht, was das Bild zeigt, bis hin zum Pinselstrich. 0 % ist das Modell allein.</translation>
    </message>
    <message>
        <source>Calm to lively</source>
        <translation>Ruhig bis lebhaft</translation>
    </message>
    <message>
        <source>Calm goes on with the ground and lets little begin; lively sets things into it.</source>
        <translation>Ruhig setzt den Grund fort und lässt wenig beginnen; lebhaft setzt Dinge hinein.</translation>
    </message>
    <message>
        <source>How small it is painted before it gets the picture&apos;s own brushwork. Small sees whole forms; full size sees only leaves and strokes.</source>
        <translation>Wie klein gemalt wird, bevor der Pinselstrich des Bildes dazukommt. Klein sieht ganze Formen; volle Größe sieht nur Blätter und Striche.</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Marks seals, signatures and lettering, to be seen and changed with the brush</source>
        <translation>Markiert Siegel, Signaturen und Schrift, zum Ansehen und Ändern mit dem Pinsel</translation>
    </message>
    <message>
        <source>Everything may be taken from again</source>
        <translation>Von allem darf wieder übernommen werden</translation>
    </message>
    <message>
        <source>Do not take from</source>
        <translation>Nicht übernehmen von</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Low stays close to what is likely, high dares more. 1.00 is the model&apos;s own.</source>
        <translation>Niedrig bleibt nah am Wahrscheinlichen, hoch wagt mehr. 1.00 ist die Vorgabe des Modells.</translation>
    </message>
    <message>
        <source>Follow the words</source>
        <translation>Den Worten folgen</translation>
    </message>
    <message>
        <source>How strictly words are followed. Above 1.00 painting takes twice the time.</source>
        <translation>Wie streng den Worten gefolgt wird. Über 1.00 dauert das Malen doppelt so lang.</translation>
    </message>
    <message>
        <source>Grain</source>
        <translation>Körnung</translation>
    </message>
    <message>
        <source>How much of the surface of the picture, its weave or paper, what is painted gets.</source>
        <translation>Wie viel von der Oberfläche des Bildes, Gewebe oder Papier, das Gemalte erhält.</translation>
    </message>
    <message>
        <source>Keep this seed: the same region is painted the same way again</source>
        <translation>Diesen Startwert behalten: Derselbe Bereich wird wieder genauso gemalt</translation>
    </message>
    <message>
        <source>Columns, to the right</source>
        <translation>Spalten, nach rechts</translation>
    </message>
    <message>
        <source>Columns, to the left</source>
        <translation>Spalten, nach links</translation>
    </message>
    <message>
        <source>Rows, downwards</source>
        <translation>Zeilen, abwärts</translation>
    </message>
    <message>
        <source>Rows, upwards</source>
        <translation>Zeilen, aufwärts</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a model. Use up to 64 letters, digits, spaces and - _ . ( ) +.</source>
        <translation>„{name}“ kann nicht der Name eines Modells sein. Verwenden Sie bis zu 64 Buchstaben, Ziffern, Leerzeichen und - _ . ( ) +.</translation>
    </message>
    <message>
        <source>{path} does not exist; check its spelling.</source>
        <translation>{path} gibt es nicht; prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>There is a model called “{name}” already. Choose another name, or delete that model first.</source>
        <translation>Es gibt schon ein Modell namens „{name}“. Wählen Sie einen anderen Namen, oder löschen Sie zuerst jenes Modell.</translation>
    </message>
    <message>
        <source>There is a model called “{name}” already. Choose another name.</source>
        <translation>Es gibt schon ein Modell namens „{name}“. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{source} is no model that can be used: {problem}</source>
        <translation>{source} ist kein brauchbares Modell: {problem}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>{source} is damaged or no model file. Export or download it again.</source>
        <translation>{source} ist beschädigt oder keine Modelldatei. Exportieren oder laden Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>{source} is damaged: {name} is not what was exported. Export or download it again.</source>
        <translation>{source} ist beschädigt: {name} ist nicht, was exportiert wurde. Exportieren oder laden Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{source} holds {filename}, which is no part of a model. It was not imported.</source>
        <translation>{source} enthält {filename}, was zu keinem Modell gehört. Es wurde nicht importiert.</translation>
    </message>
    <message>
        <source>{source} would take more than {most} GiB. It was not imported.</source>
        <translation>{source} bräuchte mehr als {most} GiB. Es wurde nicht importiert.</translation>
    </message>
    <message>
        <source>it has no config.json.</source>
        <translation>es hat keine config.json.</translation>
    </message>
    <message>
        <source>it holds no weights as safetensors; other formats can run code, so they are not read.</source>
        <translation>es enthält keine Gewichte als safetensors; andere Formate können Code ausführen und werden nicht gelesen.</translation>
    </message>
    <message>
        <source>its config.json does not describe a model.</source>
        <translation>seine config.json beschreibt kein Modell.</translation>
    </message>
    <message>
        <source>“{name}” is not one of your own models, so it stays as it is.</source>
        <translation>„{name}“ ist keines Ihrer eigenen Modelle und bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>{path}: {error}. Nothing was changed.</source>
        <translation>{path}: {error}. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Freedom</source>
        <translation>Freiheit</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Bits per token</source>
        <translation>Bits je Token</translation>
    </message>
    <message>
        <source>Follows the picture</source>
        <translation>Folgt dem Bild</translation>
    </message>
    <message>
        <source>Painted at</source>
        <translation>Gemalt in</translation>
    </message>
    <message>
        <source>Taken from</source>
        <translation>Übernommen von</translation>
    </message>
    <message>
        <source>Taken as it stands</source>
        <translation>Unverändert übernommen</translation>
    </message>
    <message>
        <source>Hold this recipe while the pointer moves on</source>
        <translation>Dieses Rezept festhalten, während der Zeiger weiterwandert</translation>
    </message>
    <message>
        <source>Use this recipe</source>
        <translation>Dieses Rezept verwenden</translation>
    </message>
    <message>
        <source>Model, seed, freedom, order and words for what is painted next</source>
        <translation>Modell, Startwert, Freiheit, Reihenfolge und Worte für das Nächste</translation>
    </message>
    <message>
        <source>The recipe of this patch is set for what you paint next.</source>
        <translation>Das Rezept dieses Feldes gilt für das, was Sie als Nächstes malen.</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>{strength:.0f} %, {lively:.0f} % lively</source>
        <translation>{strength:.0f} %, {lively:.0f} % lebhaft</translation>
    </message>
    <message numerus="yes">
        <source>this picture, %n places</source>
        <translation>
            <numerusform>dieses Bild, %n Stelle</numerusform>
            <numerusform>dieses Bild, %n Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>no one place</source>
        <translation>keine einzelne Stelle</translation>
    </message>
    <message>
        <source>full size</source>
        <translation>volle Größe</translation>
    </message>
    <message>
        <source>1 / {scale} of its size</source>
        <translation>1 / {scale} der Größe</translation>
    </message>
    <message>
        <source>, at most {width} × {height} px</source>
        <translation>, höchstens {width} × {height} px</translation>
    </message>
    <message>
        <source>Films ({patterns})</source>
        <translation>Filme ({patterns})</translation>
    </message>
    <message>
        <source>Learn a painting on this computer, to go on in its hand, or how films move. Nothing leaves it.</source>
        <translation>Lernen Sie auf diesem Rechner ein Gemälde, um in seiner Hand weiterzumalen, oder wie Filme sich bewegen. Nichts verlässt ihn.</translation>
    </message>
    <message>
        <source>Learning “{}”</source>
        <translation>Lernt „{}“</translation>
    </message>
    <message>
        <source>“{}” pauses</source>
        <translation>„{}“ hält an</translation>
    </message>
    <message>
        <source>“{}” comes to its end</source>
        <translation>„{}“ kommt zum Ende</translation>
    </message>
    <message>
        <source>“{}” waits</source>
        <translation>„{}“ wartet</translation>
    </message>
    <message>
        <source>“{}” could not go on</source>
        <translation>„{}“ konnte nicht weitermachen</translation>
    </message>
    <message>
        <source>“{}” is learned</source>
        <translation>„{}“ ist gelernt</translation>
    </message>
    <message>
        <source>Go on with {name}</source>
        <translation>Mit {name} weitermachen</translation>
    </message>
    <message>
        <source>Give up the study {name}; its model stays</source>
        <translation>Die Studie {name} aufgeben; ihr Modell bleibt</translation>
    </message>
    <message>
        <source>“{name}” waits</source>
        <translation>„{name}“ wartet</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Pictures…</source>
        <translation>Bilder …</translation>
    </message>
    <message>
        <source>Learn pictures</source>
        <translation>Bilder lernen</translation>
    </message>
    <message>
        <source>Films…</source>
        <translation>Filme …</translation>
    </message>
    <message>
        <source>Learn films</source>
        <translation>Filme lernen</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>What Is on the Canvas</source>
        <translation>Was auf der Leinwand ist</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Learn the mirror images too</source>
        <translation>Auch die Spiegelbilder lernen</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>Beginnen mit</translation>
    </message>
    <message>
        <source>What is seen of the layer “{layer}”</source>
        <translation>Was von der Ebene „{layer}“ zu sehen ist</translation>
    </message>
    <message>
        <source>All that is on the canvas</source>
        <translation>Alles auf der Leinwand</translation>
    </message>
    <message>
        <source>Learn a folder of pictures or films</source>
        <translation>Einen Ordner mit Bildern oder Filmen lernen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop and Keep</source>
        <translation>Beenden und behalten</translation>
    </message>
    <message>
        <source>Paint with It</source>
        <translation>Damit malen</translation>
    </message>
    <message>
        <source>set aside</source>
        <translation>beiseite gelegt</translation>
    </message>
    <message>
        <source>the clip was changed; animate it again</source>
        <translation>der Clip wurde geändert; animieren Sie ihn neu</translation>
    </message>
    <message>
        <source>accepted before it was finished</source>
        <translation>vor dem Ende angenommen</translation>
    </message>
    <message>
        <source>Queue, the next first</source>
        <translation>Warteschlange, das Nächste zuerst</translation>
    </message>
    <message>
        <source>Nothing is waiting to be painted. Regions and films line up here.</source>
        <translation>Nichts wartet aufs Malen. Bereiche und Filme reihen sich hier auf.</translation>
    </message>
    <message>
        <source>Show variants again</source>
        <translation>Varianten wieder zeigen</translation>
    </message>
    <message>
        <source>To the front of the queue</source>
        <translation>An den Anfang der Warteschlange</translation>
    </message>
    <message>
        <source>Film: {name}</source>
        <translation>Film: {name}</translation>
    </message>
    <message>
        <source>Film of a clip that is gone</source>
        <translation>Film eines gelöschten Clips</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>Startwert {seed}</translation>
    </message>
    <message>
        <source>Try again from the last finished patch</source>
        <translation>Ab dem letzten fertigen Feld erneut versuchen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Remove; its painted frames stay</source>
        <translation>Entfernen; gemalte Bilder bleiben</translation>
    </message>
    <message>
        <source>Remove with its result</source>
        <translation>Mit Ergebnis entfernen</translation>
    </message>
    <message>
        <source>This film does not go on: {why}.</source>
        <translation>Dieser Film geht nicht weiter: {why}.</translation>
    </message>
    <message>
        <source>its clip is not on the timeline any more</source>
        <translation>sein Clip ist nicht mehr auf der Zeitachse</translation>
    </message>
    <message>
        <source>could not go on; see below</source>
        <translation>konnte nicht weiter; siehe unten</translation>
    </message>
    <message>
        <source>out of date; see below</source>
        <translation>veraltet; siehe unten</translation>
    </message>
    <message>
        <source>frame {number} of {frames}</source>
        <translation>Bild {number} von {frames}</translation>
    </message>
    <message>
        <source>{done} of {frames} frames</source>
        <translation>{done} von {frames} Bildern</translation>
    </message>
    <message>
        <source>{best} bits per token at best, {first} at first</source>
        <translation>bestenfalls {best} Bits je Token, anfangs {first}</translation>
    </message>
    <message>
        <source>learning its strokes</source>
        <translation>lernt die Striche</translation>
    </message>
    <message>
        <source>looking at the pictures</source>
        <translation>sieht sich die Bilder an</translation>
    </message>
    <message>
        <source>Bits per token as it learns</source>
        <translation>Bits je Token im Lauf des Lernens</translation>
    </message>
    <message>
        <source>{first} at first, {best} at best</source>
        <translation>anfangs {first}, bestenfalls {best}</translation>
    </message>
    <message>
        <source>Bits per token on the held-out end: the lower, the better it foresees the painting</source>
        <translation>Bits je Token am zurückgehaltenen Ende: je niedriger, desto besser sieht es das Bild voraus</translation>
    </message>
    <message>
        <source>The end of the picture, painted on by what is learned so far</source>
        <translation>Das Ende des Bildes, weitergemalt mit dem bisher Gelernten</translation>
    </message>
    <message>
        <source>the engine is starting</source>
        <translation>die Engine startet</translation>
    </message>
    <message>
        <source>the engine is at rest</source>
        <translation>die Engine ruht</translation>
    </message>
    <message>
        <source>the engine prepares itself for this computer, only this once</source>
        <translation>die Engine richtet sich auf diesem Computer ein, nur dieses eine Mal</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>Zeiger</translation>
    </message>
    <message>
        <source>News</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Memory of the engine</source>
        <translation>Speicher der Engine</translation>
    </message>
    <message>
        <source>Seconds a patch</source>
        <translation>Sekunden je Feld</translation>
    </message>
    <message>
        <source>engine {size}</source>
        <translation>Engine {size}</translation>
    </message>
    <message>
        <source>{seconds:.2f} s a patch</source>
        <translation>{seconds:.2f} s je Feld</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Close ({more} more)</source>
        <translation>Schließen (noch {more})</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Nachricht schließen</translation>
    </message>
    <message>
        <source>drag layers</source>
        <translation>Ebenen ziehen</translation>
    </message>
    <message>
        <source>drag out what is to be painted</source>
        <translation>aufziehen, was gemalt werden soll</translation>
    </message>
    <message>
        <source>draw round what is to be painted</source>
        <translation>umfahren, was gemalt werden soll</translation>
    </message>
    <message>
        <source>brush over what is to be painted</source>
        <translation>überstreichen, was gemalt werden soll</translation>
    </message>
    <message>
        <source>brush over what nothing is to be taken from; Alt takes it back</source>
        <translation>überstreichen, wovon nichts übernommen werden soll; Alt nimmt es zurück</translation>
    </message>
    <message>
        <source>paint with a colour; the engine goes on from it</source>
        <translation>mit einer Farbe malen; die Engine macht davon aus weiter</translation>
    </message>
    <message>
        <source>take away; what is gone can be painted again</source>
        <translation>wegnehmen; was fehlt, kann neu gemalt werden</translation>
    </message>
    <message>
        <source>take a colour from the picture</source>
        <translation>eine Farbe aus dem Bild nehmen</translation>
    </message>
    <message>
        <source>drag the canvas</source>
        <translation>die Leinwand ziehen</translation>
    </message>
    <message>
        <source>Drag a {frame} beside the landscape, then {press}: it goes on from there.</source>
        <translation>Ziehen Sie einen {frame} neben der Landschaft auf, dann {press}: Dort geht es weiter.</translation>
    </message>
    <message>
        <source>Hakone, by Hiroshige</source>
        <translation>Hakone, von Hiroshige</translation>
    </message>
    <message>
        <source>Kanbara, by Hiroshige</source>
        <translation>Kanbara, von Hiroshige</translation>
    </message>
    <message>
        <source>Landscape after Huang Gongwang</source>
        <translation>Landschaft nach Huang Gongwang</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>press {keys}</source>
        <translation>drücken Sie {keys}</translation>
    </message>
    <message>
        <source>paint it</source>
        <translation>malen Sie ihn</translation>
    </message>
    <message>
        <source>The canvas is empty</source>
        <translation>Die Leinwand ist leer</translation>
    </message>
    <message>
        <source>Place a Picture…</source>
        <translation>Bild platzieren …</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Split at the Playhead</source>
        <translation>Am Abspielkopf teilen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Longer by 10 Frames</source>
        <translation>Um 10 Bilder länger</translation>
    </message>
    <message>
        <source>Begin at the Playhead</source>
        <translation>Am Abspielkopf beginnen</translation>
    </message>
    <message>
        <source>End at the Playhead</source>
        <translation>Am Abspielkopf enden</translation>
    </message>
    <message>
        <source>Move Only the Region</source>
        <translation>Nur den Bereich bewegen</translation>
    </message>
    <message>
        <source>Seamless Loop</source>
        <translation>Enden, wie er beginnt</translation>
    </message>
    <message>
        <source>Replace Still with Chosen Layer</source>
        <translation>Sein Bild gegen die gewählte Ebene tauschen</translation>
    </message>
    <message>
        <source>New Layer</source>
        <translation>Neue Ebene</translation>
    </message>
    <message>
        <source>Scale, Turn, Cut…</source>
        <translation>Skalieren, Drehen, Beschneiden …</translation>
    </message>
    <message>
        <source>Mirror Sideways</source>
        <translation>Horizontal spiegeln</translation>
    </message>
    <message>
        <source>Mirror Upside Down</source>
        <translation>Vertikal spiegeln</translation>
    </message>
    <message>
        <source>Turn to the Right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>Turn to the Left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Cut to Region</source>
        <translation>Auf Bereich beschneiden</translation>
    </message>
    <message>
        <source>Merge Down</source>
        <translation>Nach unten vereinen</translation>
    </message>
    <message>
        <source>Flatten Visible</source>
        <translation>Sichtbares zusammenfassen</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Select Layer Above</source>
        <translation>Die darüber wählen</translation>
    </message>
    <message>
        <source>Select Layer Below</source>
        <translation>Die darunter wählen</translation>
    </message>
    <message>
        <source>Show or Hide</source>
        <translation>Ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Lock or Unlock</source>
        <translation>Sperren oder entsperren</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Pictures That Are Painted From</source>
        <translation>Bilder, nach denen gemalt wird</translation>
    </message>
    <message>
        <source>Recipe under the Pointer</source>
        <translation>Rezept unter dem Zeiger</translation>
    </message>
    <message>
        <source>Models and Device</source>
        <translation>Modelle und Gerät</translation>
    </message>
    <message>
        <source>Hide All Panels</source>
        <translation>Alle Bedienfelder ausblenden</translation>
    </message>
    <message>
        <source>Reset Layout</source>
        <translation>Bedienfelder zurücksetzen</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Follow System</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Welcome Picture</source>
        <translation>Begrüßungsbild</translation>
    </message>
    <message>
        <source>To the Right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Unnamed Documents…</source>
        <translation>Dokumente ohne Namen …</translation>
    </message>
    <message>
        <source>Place Picture…</source>
        <translation>Bild platzieren …</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation>Kopie speichern …</translation>
    </message>
    <message>
        <source>Export Film…</source>
        <translation>Film exportieren …</translation>
    </message>
    <message>
        <source>Close Document</source>
        <translation>Dokument schließen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Copy Picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Erase in Region</source>
        <translation>Im Bereich radieren</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Shortcuts…</source>
        <translation>Tastenkürzel …</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Fit Picture</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Fit Region</source>
        <translation>Bereich einpassen</translation>
    </message>
    <message>
        <source>Patch Grid</source>
        <translation>Feldraster</translation>
    </message>
    <message>
        <source>Doubt Map</source>
        <translation>Zweifelskarte</translation>
    </message>
    <message>
        <source>Snap to 16 px</source>
        <translation>Auf 16 px einrasten</translation>
    </message>
    <message>
        <source>Paint Region</source>
        <translation>Bereich malen</translation>
    </message>
    <message>
        <source>Paint Region First</source>
        <translation>Bereich zuerst malen</translation>
    </message>
    <message>
        <source>Replace Region</source>
        <translation>Bereich ersetzen</translation>
    </message>
    <message>
        <source>Pause or Go On</source>
        <translation>Anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>To the Left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Stop Extending</source>
        <translation>Nicht weiter</translation>
    </message>
    <message>
        <source>It goes on as you scroll. {name} ends it.</source>
        <translation>Beim Scrollen geht es weiter. {name} beendet es.</translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation>Zuletzt benutzte öffnen</translation>
    </message>
    <message>
        <source>Region {width} × {height} px at {x}, {y}</source>
        <translation>Bereich {width} × {height} px bei {x}, {y}</translation>
    </message>
    <message>
        <source>Undo {step}</source>
        <translation>Rückgängig: {step}</translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation>Wiederholen: {step}</translation>
    </message>
    <message>
        <source>Clear Region</source>
        <translation>Bereich leeren</translation>
    </message>
    <message>
        <source>Delete Layer</source>
        <translation>Ebene löschen</translation>
    </message>
    <message>
        <source>Export Film</source>
        <translation>Film exportieren</translation>
    </message>
    <message>
        <source>Clip “{name}”</source>
        <translation>Clip „{name}“</translation>
    </message>
    <message>
        <source>Region over time</source>
        <translation>Bereich über die Zeit</translation>
    </message>
    <message>
        <source>Whole canvas over time</source>
        <translation>Ganze Leinwand über die Zeit</translation>
    </message>
    <message>
        <source>Frames a second of a GIF</source>
        <translation>Bilder je Sekunde eines GIF</translation>
    </message>
    <message>
        <source>Keep what is transparent</source>
        <translation>Durchsichtiges behalten</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>Durchsichtig</translation>
    </message>
    <message>
        <source>This format holds nothing transparent: it becomes paper</source>
        <translation>Dieses Format hält nichts Durchsichtiges: Es wird Papier</translation>
    </message>
    <message numerus="yes">
        <source>%n frames</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are not painted yet: the still stands in for them.</source>
        <translation>
            <numerusform>%n Bild ist noch nicht gemalt: Das Standbild steht dafür.</numerusform>
            <numerusform>%n Bilder sind noch nicht gemalt: Das Standbild steht dafür.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are out of date and show what was painted before.</source>
        <translation>
            <numerusform>%n Bild ist veraltet und zeigt, was zuvor gemalt wurde.</numerusform>
            <numerusform>%n Bilder sind veraltet und zeigen, was zuvor gemalt wurde.</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder for the frames</source>
        <translation>Ordner für die Bilder</translation>
    </message>
    <message>
        <source>The export failed ({kind}: {error}). Nothing was written.</source>
        <translation>Der Export ist fehlgeschlagen ({kind}: {error}). Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Name the computer that paints, as your SSH configuration does, under Settings › Engine.</source>
        <translation>Nennen Sie unter Einstellungen › Engine den Rechner, der malt, so wie Ihre SSH-Konfiguration ihn nennt.</translation>
    </message>
    <message>
        <source>{host} does not know the command “{command}”{why}. Settings › Engine has it.</source>
        <translation>{host} kennt den Befehl „{command}“ nicht{why}. Er steht unter Einstellungen › Engine.</translation>
    </message>
    <message>
        <source>The connection to {host} is broken{why}.</source>
        <translation>Die Verbindung zu {host} ist abgebrochen{why}.</translation>
    </message>
    <message>
        <source>{host} cannot be reached{why}.</source>
        <translation>{host} ist nicht zu erreichen{why}.</translation>
    </message>
    <message>
        <source>The engine on {host} has ended{why}.</source>
        <translation>Die Engine auf {host} hat sich beendet{why}.</translation>
    </message>
    <message>
        <source>The engine was ended from outside, perhaps because the memory of this computer was full.</source>
        <translation>Die Engine wurde von außen beendet, vielleicht weil der Speicher dieses Rechners voll war.</translation>
    </message>
    <message>
        <source>The engine has crashed ({name}).</source>
        <translation>Die Engine ist abgestürzt ({name}).</translation>
    </message>
    <message>
        <source>The engine has ended unexpectedly.</source>
        <translation>Die Engine hat sich unerwartet beendet.</translation>
    </message>
    <message>
        <source>The engine has ended unexpectedly (code {code}).</source>
        <translation>Die Engine hat sich unerwartet beendet (Code {code}).</translation>
    </message>
    <message>
        <source>signal {number}</source>
        <translation>Signal {number}</translation>
    </message>
    <message>
        <source>Its finished patches are kept; try again to go on from there.</source>
        <translation>Fertige Felder sind erhalten; versuchen Sie es erneut, um dort weiterzumachen.</translation>
    </message>
    <message>
        <source>{sentence} It goes on with at most {smaller} at once.</source>
        <translation>{sentence} Es geht mit höchstens {smaller} auf einmal weiter.</translation>
    </message>
    <message>
        <source>{sentence} Painting goes on with at most {smaller} at once.</source>
        <translation>{sentence} Das Malen geht mit höchstens {smaller} auf einmal weiter.</translation>
    </message>
    <message>
        <source>There was not enough memory to paint. {kept} The next attempt takes at most {smaller} at once; closing other programs helps as well.</source>
        <translation>Der Speicher reichte zum Malen nicht. {kept} Der nächste Versuch nimmt höchstens {smaller} auf einmal; andere Programme zu schließen hilft auch.</translation>
    </message>
    <message>
        <source>{reason} That has happened twice. {kept}</source>
        <translation>{reason} Das ist zweimal geschehen. {kept}</translation>
    </message>
    <message>
        <source>It was started again, and painting goes on from the last finished patch.</source>
        <translation>Sie wurde neu gestartet, und das Malen geht beim letzten fertigen Feld weiter.</translation>
    </message>
    <message>
        <source>The engine ended while it looked at the model. {reason}</source>
        <translation>Die Engine endete, während sie das Modell ansah. {reason}</translation>
    </message>
    <message>
        <source>What was learned up to a moment before is kept: go on from there.</source>
        <translation>Was bis kurz davor gelernt wurde, ist erhalten: Machen Sie dort weiter.</translation>
    </message>
    <message>
        <source>There is nothing to go on from yet. Place a picture or paint one first.</source>
        <translation>Es gibt noch nichts, von wo es weitergehen könnte. Platzieren oder malen Sie zuerst ein Bild.</translation>
    </message>
    <message>
        <source>It goes on to the right as you scroll there.</source>
        <translation>Beim Scrollen geht es nach rechts weiter.</translation>
    </message>
    <message>
        <source>It goes on to the left as you scroll there.</source>
        <translation>Beim Scrollen geht es nach links weiter.</translation>
    </message>
    <message>
        <source>It does not go on any further.</source>
        <translation>Es geht nicht mehr weiter.</translation>
    </message>
    <message>
        <source>A clip has at least 2 frames, not {frames}: one frame is the picture itself.</source>
        <translation>Ein Clip hat mindestens 2 Bilder, nicht {frames}: Ein Bild ist das Standbild selbst.</translation>
    </message>
    <message>
        <source>Copy {name}</source>
        <translation>{name} kopieren</translation>
    </message>
    <message>
        <source>A clip is split between two of its frames. Put the playhead inside it.</source>
        <translation>Ein Clip wird zwischen zwei Bildern geteilt. Setzen Sie den Abspielkopf hinein.</translation>
    </message>
    <message>
        <source>Rename clip</source>
        <translation>Clip umbenennen</translation>
    </message>
    <message>
        <source>Move clip</source>
        <translation>Clip verschieben</translation>
    </message>
    <message>
        <source>The clip has frames 0 to {length}. Trim it to some of these.</source>
        <translation>Der Clip hat die Bilder 0 bis {length}. Kürzen Sie ihn auf einige davon.</translation>
    </message>
    <message>
        <source>Trim clip</source>
        <translation>Clip kürzen</translation>
    </message>
    <message>
        <source>A clip has at least one frame. Delete it if you do not want it any more.</source>
        <translation>Ein Clip hat mindestens ein Bild. Löschen Sie ihn, wenn Sie ihn nicht mehr wollen.</translation>
    </message>
    <message>
        <source>Change length</source>
        <translation>Länge ändern</translation>
    </message>
    <message>
        <source>Change words</source>
        <translation>Worte ändern</translation>
    </message>
    <message>
        <source>Change what moves</source>
        <translation>Bewegtes ändern</translation>
    </message>
    <message>
        <source>Loop clip</source>
        <translation>Clip in Schleife</translation>
    </message>
    <message>
        <source>Do not loop clip</source>
        <translation>Clip nicht in Schleife</translation>
    </message>
    <message>
        <source>Change model</source>
        <translation>Modell ändern</translation>
    </message>
    <message>
        <source>There is no picture to animate. Choose a layer that has one and is visible.</source>
        <translation>Es gibt kein Bild zum Animieren. Wählen Sie eine sichtbare Ebene mit einem Bild.</translation>
    </message>
    <message>
        <source>Frames of {width} × {height} pixels are too large for a film. Animate a smaller picture.</source>
        <translation>Bilder von {width} × {height} Pixeln sind zu groß für einen Film. Animieren Sie ein kleineres Bild.</translation>
    </message>
    <message>
        <source>“{name}” has transparent parts, and a film has none. Paint or fill them first, or put a layer beneath.</source>
        <translation>„{name}“ hat durchsichtige Teile, ein Film hat keine. Malen oder füllen Sie diese zuerst, oder legen Sie eine Ebene darunter.</translation>
    </message>
    <message>
        <source>{frames} frames are too many for one clip; the limit is {most}. Make several clips.</source>
        <translation>{frames} Bilder sind zu viele für einen Clip; die Grenze ist {most}. Legen Sie mehrere Clips an.</translation>
    </message>
    <message>
        <source>{name} may not be written, so this is a copy of it. Give it a name to keep it.</source>
        <translation>{name} ist schreibgeschützt, dies ist daher eine Kopie. Geben Sie ihr einen Namen, um sie zu behalten.</translation>
    </message>
    <message>
        <source>A copy was saved as {name}.</source>
        <translation>Eine Kopie wurde als {name} gespeichert.</translation>
    </message>
    <message>
        <source>Untitled — kept</source>
        <translation>Unbenannt — gesichert</translation>
    </message>
    <message>
        <source>{name} — saved</source>
        <translation>{name} — gespeichert</translation>
    </message>
    <message>
        <source>{name} — changed</source>
        <translation>{name} — geändert</translation>
    </message>
    <message>
        <source>{name} is saved.</source>
        <translation>{name} ist gespeichert.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>{path} cannot be read: {error}.</source>
        <translation>{path} kann nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>{path} is not a drawing that can be read, or it is damaged. Save it as a PNG and take that.</source>
        <translation>{path} ist keine lesbare Zeichnung oder beschädigt. Speichern Sie sie als PNG und nehmen Sie diese.</translation>
    </message>
    <message>
        <source>All frames of this clip are painted. Make it longer, or change its words or what moves.</source>
        <translation>Alle Bilder dieses Clips sind gemalt. Machen Sie ihn länger, oder ändern Sie seine Worte oder was sich bewegt.</translation>
    </message>
    <message numerus="yes">
        <source>Painting %n frames of {name}.</source>
        <translation>
            <numerusform>%n Bild von {name} wird gemalt.</numerusform>
            <numerusform>%n Bilder von {name} werden gemalt.</numerusform>
        </translation>
    </message>
    <message>
        <source>is not here</source>
        <translation>ist nicht da</translation>
    </message>
    <message>
        <source>paints pictures, not films</source>
        <translation>malt Bilder, keine Filme</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>The model “{name}” {what}. Models for films that are here: {able}. The clip is kept; choose one of these for it, or import one, and animate again.</source>
        <translation>Das Modell „{name}“ {what}. Vorhandene Modelle für Filme: {able}. Der Clip bleibt; wählen Sie eines davon, oder importieren Sie eines, und animieren Sie neu.</translation>
    </message>
    <message>
        <source>Reading {name} …</source>
        <translation>{name} wird gelesen …</translation>
    </message>
    <message>
        <source>Placing {name}, {width} × {height} px …</source>
        <translation>{name} wird platziert, {width} × {height} px …</translation>
    </message>
    <message>
        <source>{name} is placed.</source>
        <translation>{name} ist platziert.</translation>
    </message>
    <message>
        <source>{name} could not be placed ({kind}: {error}).</source>
        <translation>{name} konnte nicht platziert werden ({kind}: {error}).</translation>
    </message>
    <message>
        <source>{name} was drawn {width} × {height} px large.</source>
        <translation>{name} wurde {width} × {height} px groß gezeichnet.</translation>
    </message>
    <message>
        <source>The clip has frames 0 to {length}, and {number} is none of them.</source>
        <translation>Der Clip hat die Bilder 0 bis {length}; {number} gehört nicht dazu.</translation>
    </message>
    <message>
        <source>Every frame of this clip has a keyframe already. Make the clip longer to copy one.</source>
        <translation>Jedes Bild dieses Clips hat schon ein Schlüsselbild. Machen Sie den Clip länger, um eines zu kopieren.</translation>
    </message>
    <message>
        <source>This keyframe is not on the timeline any more.</source>
        <translation>Dieses Schlüsselbild ist nicht mehr auf der Zeitachse.</translation>
    </message>
    <message>
        <source>The region lies outside of “{name}”, so nothing would move. Drag it over the picture.</source>
        <translation>Der Bereich liegt außerhalb von „{name}“, es würde sich nichts bewegen. Ziehen Sie ihn über das Bild.</translation>
    </message>
    <message>
        <source>Merge {name} down</source>
        <translation>{name} nach unten vereinen</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Shape layer</source>
        <translation>Ebene formen</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Drehen</translation>
    </message>
    <message>
        <source>This layer is turned, so a region cannot cut its sides. Use its handles with Ctrl.</source>
        <translation>Diese Ebene ist gedreht, ein Bereich kann ihre Seiten nicht beschneiden. Benutzen Sie ihre Griffe mit Strg.</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Beschneiden</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Looking at {name}…</source>
        <translation>{name} wird angesehen …</translation>
    </message>
    <message>
        <source>“{name}” can be painted with now.</source>
        <translation>Mit „{name}“ kann jetzt gemalt werden.</translation>
    </message>
    <message>
        <source>The model was not imported. {why}</source>
        <translation>Das Modell wurde nicht importiert. {why}</translation>
    </message>
    <message>
        <source>It</source>
        <translation>Es</translation>
    </message>
    <message>
        <source>“{name}” was exported as {file}.</source>
        <translation>„{name}“ wurde als {file} exportiert.</translation>
    </message>
    <message>
        <source>There is nothing on the canvas to learn. Place a picture, or choose files.</source>
        <translation>Auf der Leinwand ist nichts zu lernen. Platzieren Sie ein Bild, oder wählen Sie Dateien.</translation>
    </message>
    <message>
        <source>{width}×{height} px are too many. Choose a smaller layer, or export it first.</source>
        <translation>{width}×{height} px sind zu viel. Wählen Sie eine kleinere Ebene, oder exportieren Sie sie zuerst.</translation>
    </message>
    <message>
        <source>{folder} cannot be written: {error}.</source>
        <translation>{folder} kann nicht beschrieben werden: {error}.</translation>
    </message>
    <message>
        <source>“{name}” is learned. Choose it under Model to paint in its hand.</source>
        <translation>„{name}“ ist gelernt. Wählen Sie es unter Modell, um in seiner Hand zu malen.</translation>
    </message>
    <message>
        <source>Do not take from here</source>
        <translation>Von hier nichts übernehmen</translation>
    </message>
    <message>
        <source>No small marks that stand by themselves were found. Brush over what nothing is to be taken from.</source>
        <translation>Keine einzelnen kleinen Zeichen gefunden. Überstreichen Sie, wovon nichts übernommen werden soll.</translation>
    </message>
    <message>
        <source>Take from here again</source>
        <translation>Wieder von hier übernehmen</translation>
    </message>
    <message>
        <source>Take from everywhere again</source>
        <translation>Wieder von überall übernehmen</translation>
    </message>
    <message>
        <source>Looking for seals, signatures and lettering.</source>
        <translation>Suche nach Siegeln, Signaturen und Schrift.</translation>
    </message>
    <message>
        <source>Propose marks</source>
        <translation>Markierungen vorschlagen</translation>
    </message>
    <message>
        <source>What looks like a mark is hatched: brush over what is missing, and with Alt over what may be taken from.</source>
        <translation>Was wie ein Zeichen aussieht, ist schraffiert: Überstreichen Sie Fehlendes, und mit Alt, wovon übernommen werden darf.</translation>
    </message>
    <message>
        <source>Paint from words</source>
        <translation>Nach Worten malen</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>Erweitern</translation>
    </message>
    <message>
        <source>All layers in sight are locked. Unlock one to clear the region.</source>
        <translation>Alle sichtbaren Ebenen sind gesperrt. Entsperren Sie eine, um den Bereich zu leeren.</translation>
    </message>
    <message>
        <source>Clear region</source>
        <translation>Bereich leeren</translation>
    </message>
    <message>
        <source>Erase in region</source>
        <translation>Im Bereich radieren</translation>
    </message>
    <message>
        <source>Drag out a region first: with the region tool or the lasso.</source>
        <translation>Ziehen Sie zuerst einen Bereich auf: mit dem Bereichswerkzeug oder dem Lasso.</translation>
    </message>
    <message>
        <source>There is nothing in the region that could be erased.</source>
        <translation>Im Bereich gibt es nichts zu radieren.</translation>
    </message>
    <message>
        <source>Drag out a region first: with the region tool, beside the picture or over a hole.</source>
        <translation>Ziehen Sie zuerst einen Bereich auf: mit dem Bereichswerkzeug, neben dem Bild oder über einem Loch.</translation>
    </message>
    <message>
        <source>Drag out a region over what is to be replaced: with the region tool or the lasso.</source>
        <translation>Ziehen Sie einen Bereich über das, was ersetzt werden soll: mit dem Bereichswerkzeug oder dem Lasso.</translation>
    </message>
    <message>
        <source>Painting {width} × {height} px.</source>
        <translation>Es werden {width} × {height} px gemalt.</translation>
    </message>
    <message>
        <source>There is nothing to play yet. Put a picture on the timeline first.</source>
        <translation>Es gibt noch nichts abzuspielen. Legen Sie zuerst ein Bild auf die Zeitachse.</translation>
    </message>
    <message>
        <source>{speed} times as fast cannot be played: give {least} to {most}.</source>
        <translation>{speed}-fach kann nicht abgespielt werden: Geben Sie {least} bis {most} an.</translation>
    </message>
    <message>
        <source>{rate} frames per second cannot be shown: give {least} to {most}.</source>
        <translation>{rate} Bilder je Sekunde können nicht gezeigt werden: Geben Sie {least} bis {most} an.</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>The history is forgotten, but the file is as large as before. {reason}</source>
        <translation>Der Verlauf ist vergessen, aber die Datei ist so groß wie zuvor. {reason}</translation>
    </message>
    <message>
        <source>The history is forgotten. The file is {size:.1f} MB smaller.</source>
        <translation>Der Verlauf ist vergessen. Die Datei ist {size:.1f} MB kleiner.</translation>
    </message>
    <message>
        <source>There is nothing more to go back or forth to.</source>
        <translation>Weiter zurück oder vor geht es nicht.</translation>
    </message>
    <message>
        <source>Patch {done} of {total} is done.</source>
        <translation>Feld {done} von {total} ist fertig.</translation>
    </message>
    <message>
        <source>accept it, look at its variants, or set it aside</source>
        <translation>nehmen Sie es an, sehen Sie die Varianten an, oder legen Sie es beiseite</translation>
    </message>
    <message>
        <source>The film is painted: play it.</source>
        <translation>Der Film ist gemalt: Spielen Sie ihn ab.</translation>
    </message>
    <message>
        <source>The painting is done: {what}.</source>
        <translation>Das Gemälde ist fertig: {what}.</translation>
    </message>
    <message>
        <source>Variant {chosen} of {jobs}.</source>
        <translation>Variante {chosen} von {jobs}.</translation>
    </message>
    <message>
        <source>There is nothing to accept yet: paint a region first.</source>
        <translation>Es gibt noch nichts anzunehmen: Malen Sie zuerst einen Bereich.</translation>
    </message>
    <message>
        <source>This variant is still being painted. Wait for it, or pause it to accept what is there.</source>
        <translation>Diese Variante wird noch gemalt. Warten Sie, oder halten Sie sie an, um das Vorhandene anzunehmen.</translation>
    </message>
    <message>
        <source>Accepted: it is a layer of the picture now.</source>
        <translation>Angenommen: Es ist jetzt eine Ebene des Bildes.</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Ersetzt</translation>
    </message>
    <message>
        <source>Painted</source>
        <translation>Gemalt</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>Gefüllt</translation>
    </message>
    <message>
        <source>to the left</source>
        <translation>nach links</translation>
    </message>
    <message>
        <source>to the right</source>
        <translation>nach rechts</translation>
    </message>
    <message>
        <source>upwards</source>
        <translation>nach oben</translation>
    </message>
    <message>
        <source>downwards</source>
        <translation>nach unten</translation>
    </message>
    <message>
        <source>Continuation {side}</source>
        <translation>Fortsetzung {side}</translation>
    </message>
    <message>
        <source>Set aside. The queue keeps the variants until you remove them there.</source>
        <translation>Beiseite gelegt. Die Warteschlange behält die Varianten, bis Sie sie dort entfernen.</translation>
    </message>
    <message>
        <source>Nothing was set aside.</source>
        <translation>Nichts wurde beiseite gelegt.</translation>
    </message>
    <message>
        <source>There is no finished patch to paint again at this place.</source>
        <translation>Hier ist kein fertiges Feld, das neu gemalt werden könnte.</translation>
    </message>
    <message>
        <source>“{name}” is on the timeline, where it stays as it was. To animate it as it is now, exchange the picture of its clip for this layer (menu Time, Clip).</source>
        <translation>„{name}“ ist auf der Zeitachse und bleibt dort, wie es war. Um es im jetzigen Zustand zu animieren, tauschen Sie das Bild seines Clips gegen diese Ebene (Menü Zeit, Clip).</translation>
    </message>
    <message>
        <source>This clip is not on the timeline any more.</source>
        <translation>Dieser Clip ist nicht mehr auf der Zeitachse.</translation>
    </message>
    <message>
        <source>Name of the clip</source>
        <translation>Name des Clips</translation>
    </message>
    <message>
        <source>The key ↓ lists what the model knows.</source>
        <translation>Die Taste ↓ zeigt, was das Modell kennt.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>what moves: mist drifts left, rain begins…</source>
        <translation>was sich bewegt: mist drifts left, rain begins …</translation>
    </message>
    <message>
        <source>Take this keyframe away</source>
        <translation>Dieses Schlüsselbild entfernen</translation>
    </message>
    <message>
        <source>Move only the region</source>
        <translation>Nur den Bereich bewegen</translation>
    </message>
    <message>
        <source>Move all of it</source>
        <translation>Alles bewegen</translation>
    </message>
    <message>
        <source>From the first frame on</source>
        <translation>Ab dem ersten Bild</translation>
    </message>
    <message>
        <source>From frame {number} on</source>
        <translation>Ab Bild {number}</translation>
    </message>
    <message>
        <source>{width} × {height} px of it move</source>
        <translation>{width} × {height} px davon bewegen sich</translation>
    </message>
    <message>
        <source>all of it moves</source>
        <translation>alles bewegt sich</translation>
    </message>
    <message>
        <source>moves as before</source>
        <translation>bewegt sich wie zuvor</translation>
    </message>
    <message>
        <source>Drag out a region on the canvas first.</source>
        <translation>Ziehen Sie zuerst einen Bereich auf der Leinwand auf.</translation>
    </message>
    <message>
        <source>Painted By</source>
        <translation>Gemalt von</translation>
    </message>
    <message>
        <source>Time › Make a Clip</source>
        <translation>Zeit › Clip anlegen</translation>
    </message>
    <message>
        <source>A still that is to move comes here. Place a picture first, then press {keys}.</source>
        <translation>Ein Standbild, das sich bewegen soll, kommt hierher. Platzieren Sie zuerst ein Bild, dann drücken Sie {keys}.</translation>
    </message>
    <message>
        <source>the part in the frame</source>
        <translation>den Teil im Rahmen</translation>
    </message>
    <message>
        <source>the chosen layer</source>
        <translation>die gewählte Ebene</translation>
    </message>
    <message>
        <source>Press {keys} to set {what} in motion: it becomes a clip of {frames} frames.</source>
        <translation>Drücken Sie {keys}, um {what} in Bewegung zu setzen: Daraus wird ein Clip mit {frames} Bildern.</translation>
    </message>
    <message>
        <source>A clip is split before a later frame than its first. Move the playhead on.</source>
        <translation>Ein Clip wird vor einem späteren als dem ersten Bild geteilt. Bewegen Sie den Abspielkopf weiter.</translation>
    </message>
    <message>
        <source>The playhead is not on “{name}”. Move it there first: nothing was changed.</source>
        <translation>Der Abspielkopf ist nicht auf „{name}“. Bewegen Sie ihn zuerst dorthin: Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>There is none for films</source>
        <translation>Es gibt keines für Filme</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>Lineal</translation>
    </message>
    <message>
        <source>Click or drag to go to a frame.</source>
        <translation>Klicken oder ziehen, um zu einem Bild zu gehen.</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie es ist</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>{name}, {length} frames from frame {start}</source>
        <translation>{name}, {length} Bilder ab Bild {start}</translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation>keiner gewählt</translation>
    </message>
    <message>
        <source>The keyframe at frame {number} is chosen; the arrow keys move it.</source>
        <translation>Das Schlüsselbild bei Bild {number} ist gewählt; die Pfeiltasten bewegen es.</translation>
    </message>
    <message>
        <source>The arrow keys step through frames.</source>
        <translation>Die Pfeiltasten gehen Bild für Bild weiter.</translation>
    </message>
    <message numerus="yes">
        <source>%n clips; {chosen}. {arrows}</source>
        <translation>
            <numerusform>%n Clip; {chosen}. {arrows}</numerusform>
            <numerusform>%n Clips; {chosen}. {arrows}</numerusform>
        </translation>
    </message>
    <message>
        <source>a part</source>
        <translation>ein Teil</translation>
    </message>
    <message>
        <source>animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <source>frame {number}</source>
        <translation>Bild {number}</translation>
    </message>
    <message>
        <source>copy · frame {number}</source>
        <translation>Kopie · Bild {number}</translation>
    </message>
    <message>
        <source>{words}
Double-click: words from this frame on</source>
        <translation>{words}
Doppelklick: Worte ab diesem Bild</translation>
    </message>
    <message>
        <source>Frame {number} · drag: to another one, with Ctrl a copy · double-click: its words</source>
        <translation>Bild {number} · Ziehen: zu einem anderen, mit Strg eine Kopie · Doppelklick: seine Worte</translation>
    </message>
    <message>
        <source>only a part of it moves</source>
        <translation>nur ein Teil bewegt sich</translation>
    </message>
    <message>
        <source>{name}: {moves}
Double-click: another name</source>
        <translation>{name}: {moves}
Doppelklick: anderer Name</translation>
    </message>
    <message>
        <source>Drag: shorter or longer</source>
        <translation>Ziehen: kürzer oder länger</translation>
    </message>
    <message>
        <source>Frame {number}: {state}</source>
        <translation>Bild {number}: {state}</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>To the first frame</source>
        <translation>Zum ersten Bild</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>To the last frame</source>
        <translation>Zum letzten Bild</translation>
    </message>
    <message>
        <source>Play round and round</source>
        <translation>In Schleife abspielen</translation>
    </message>
    <message>
        <source>Onion skin: the frame before in red, the one after in green</source>
        <translation>Zwiebelhaut: voriges Bild rot, nächstes grün</translation>
    </message>
    <message>
        <source>Keyframe: other words from here on</source>
        <translation>Schlüsselbild: andere Worte ab hier</translation>
    </message>
    <message>
        <source>Split the clip at the playhead</source>
        <translation>Clip am Abspielkopf teilen</translation>
    </message>
    <message>
        <source>Stop painting this clip; finished frames stay</source>
        <translation>Diesen Clip nicht weitermalen; fertige Bilder bleiben</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>How fast it is played</source>
        <translation>Wie schnell abgespielt wird</translation>
    </message>
    <message>
        <source>frame {number} · {seconds:.2f} s</source>
        <translation>Bild {number} · {seconds:.2f} s</translation>
    </message>
    <message>
        <source>Paint the frames that wait or are out of date</source>
        <translation>Wartende und veraltete Bilder malen</translation>
    </message>
    <message>
        <source>{state} · {done} of {frames} frames</source>
        <translation>{state} · {done} von {frames} Bildern</translation>
    </message>
    <message>
        <source>all frames are painted</source>
        <translation>alle Bilder sind gemalt</translation>
    </message>
    <message>
        <source>{left} to paint</source>
        <translation>{left} zu malen</translation>
    </message>
    <message>
        <source>, {stale} of them out of date</source>
        <translation>, davon {stale} veraltet</translation>
    </message>
    <message>
        <source> · about {time}</source>
        <translation> · etwa {time}</translation>
    </message>
    <message>
        <source>out of date: </source>
        <translation>veraltet: </translation>
    </message>
    <message>
        <source>Place {name}</source>
        <translation>{name} platzieren</translation>
    </message>
    <message>
        <source>Accept {name}</source>
        <translation>{name} annehmen</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>Ebene hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate {name}</source>
        <translation>{name} duplizieren</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>{name} löschen</translation>
    </message>
    <message>
        <source>Colour label</source>
        <translation>Farbmarke</translation>
    </message>
    <message>
        <source>Rename layer</source>
        <translation>Ebene umbenennen</translation>
    </message>
    <message>
        <source>Show layer</source>
        <translation>Ebene einblenden</translation>
    </message>
    <message>
        <source>Hide layer</source>
        <translation>Ebene ausblenden</translation>
    </message>
    <message>
        <source>Lock layer</source>
        <translation>Ebene sperren</translation>
    </message>
    <message>
        <source>Unlock layer</source>
        <translation>Ebene entsperren</translation>
    </message>
    <message>
        <source>Move layer</source>
        <translation>Ebene verschieben</translation>
    </message>
    <message>
        <source>Reorder layers</source>
        <translation>Ebenen umordnen</translation>
    </message>
    <message>
        <source>Animate {name}</source>
        <translation>{name} animieren</translation>
    </message>
    <message>
        <source>Split {name}</source>
        <translation>{name} teilen</translation>
    </message>
    <message>
        <source>Swap the still</source>
        <translation>Standbild tauschen</translation>
    </message>
    <message>
        <source>Change keyframe</source>
        <translation>Schlüsselbild ändern</translation>
    </message>
    <message>
        <source>Add keyframe</source>
        <translation>Schlüsselbild hinzufügen</translation>
    </message>
    <message>
        <source>Move keyframe</source>
        <translation>Schlüsselbild verschieben</translation>
    </message>
    <message>
        <source>Copy keyframe</source>
        <translation>Schlüsselbild kopieren</translation>
    </message>
    <message>
        <source>Delete keyframe</source>
        <translation>Schlüsselbild löschen</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Say what to paint, and pictures to paint from are chosen. Drop pictures here to choose them yourself.</source>
        <translation>Sagen Sie, was gemalt werden soll, dann werden Vorbilder gewählt. Legen Sie Bilder hier ab, um sie selbst zu wählen.</translation>
    </message>
    <message>
        <source>Paint from these pictures</source>
        <translation>Nach diesen Bildern malen</translation>
    </message>
    <message>
        <source>Out of nothing, what is painted is made of them, down to the brushwork</source>
        <translation>Aus dem Nichts Gemaltes entsteht aus ihnen, bis hin zum Pinselstrich</translation>
    </message>
    <message>
        <source>This picture</source>
        <translation>Diesem Bild</translation>
    </message>
    <message>
        <source>Everything visible</source>
        <translation>Allem Sichtbaren</translation>
    </message>
    <message>
        <source>Everything and these</source>
        <translation>Allem und diesen</translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>Nur diesen</translation>
    </message>
    <message>
        <source>Beside a picture</source>
        <translation>Neben einem Bild nach</translation>
    </message>
    <message>
        <source>What a region beside a picture is painted from</source>
        <translation>Wonach ein Bereich neben einem Bild gemalt wird</translation>
    </message>
    <message>
        <source>Add Pictures…</source>
        <translation>Bilder hinzufügen …</translation>
    </message>
    <message>
        <source>Add Folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Words choose from the pictures of this folder, too, from now on</source>
        <translation>Worte wählen ab jetzt auch aus den Bildern dieses Ordners</translation>
    </message>
    <message>
        <source>No picture is known by {words}.</source>
        <translation>Zu {words} ist kein Bild bekannt.</translation>
    </message>
    <message>
        <source>Add Pictures</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Add Folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>{name} is gone</source>
        <translation>{name} ist weg</translation>
    </message>
    <message>
        <source>Keep this picture when the words change</source>
        <translation>Dieses Bild behalten, wenn sich die Worte ändern</translation>
    </message>
    <message>
        <source>Take another picture for these words</source>
        <translation>Ein anderes Bild für diese Worte nehmen</translation>
    </message>
    <message>
        <source>Do not paint from this picture</source>
        <translation>Nicht nach diesem Bild malen</translation>
    </message>
    <message>
        <source>There is no other picture for these words.</source>
        <translation>Für diese Worte gibt es kein anderes Bild.</translation>
    </message>
    <message>
        <source>{path} was not closed properly. Open it in Handscroll once, then export it.</source>
        <translation>{path} wurde nicht richtig geschlossen. Öffnen Sie es einmal in Handscroll, dann exportieren Sie es.</translation>
    </message>
    <message>
        <source>no layer at all</source>
        <translation>gar keine Ebene</translation>
    </message>
    <message>
        <source>There is no layer “{name}”; the document has {have}.</source>
        <translation>Es gibt keine Ebene „{name}“; das Dokument hat {have}.</translation>
    </message>
    <message>
        <source>A layer that was to be exported is not in the picture any more. Choose the layers again.</source>
        <translation>Eine Ebene, die exportiert werden sollte, ist nicht mehr im Bild. Wählen Sie die Ebenen neu.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({kind}: {error}).</source>
        <translation>Etwas Unerwartetes ist schiefgegangen ({kind}: {error}).</translation>
    </message>
    <message>
        <source>{sentence} What is painted is kept in the file.</source>
        <translation>{sentence} Gemaltes ist in der Datei erhalten.</translation>
    </message>
    <message>
        <source>The engine is starting.</source>
        <translation>Die Engine startet.</translation>
    </message>
    <message>
        <source>The engine is ready.</source>
        <translation>Die Engine ist bereit.</translation>
    </message>
    <message>
        <source>The engine paints.</source>
        <translation>Die Engine malt.</translation>
    </message>
    <message>
        <source>The engine prepares itself for this computer. This takes a minute or two, only this once.</source>
        <translation>Die Engine richtet sich auf diesem Computer ein. Das dauert ein bis zwei Minuten, nur dieses eine Mal.</translation>
    </message>
    <message>
        <source>The engine is not running.</source>
        <translation>Die Engine läuft nicht.</translation>
    </message>
    <message>
        <source>Start It Now</source>
        <translation>Jetzt starten</translation>
    </message>
    <message>
        <source>Send the model “{name}” to {host}?</source>
        <translation>Das Modell „{name}“ an {host} senden?</translation>
    </message>
    <message>
        <source>It is not there yet ({mib:.0f} MiB). Once sent, it is kept there.</source>
        <translation>Es ist dort noch nicht vorhanden ({mib:.0f} MiB). Einmal gesendet, bleibt es dort.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Do Not Send</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>{device} on {host}</source>
        <translation>{device} auf {host}</translation>
    </message>
    <message>
        <source>{program} could not be started.</source>
        <translation>{program} konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The engine has moved.</source>
        <translation>Die Engine läuft jetzt anderswo.</translation>
    </message>
    <message>
        <source>{name} could not be sent. {problem}</source>
        <translation>{name} konnte nicht gesendet werden. {problem}</translation>
    </message>
    <message>
        <source>{name} is not on {host}, and was not sent. Choose another model, or paint here.</source>
        <translation>{name} ist nicht auf {host} und wurde nicht gesendet. Wählen Sie ein anderes Modell, oder malen Sie hier.</translation>
    </message>
    <message>
        <source>This is too much to send to the engine at once. Choose a smaller region, or fewer frames.</source>
        <translation>Das ist zu viel, um es der Engine auf einmal zu senden. Wählen Sie einen kleineren Bereich oder weniger Bilder.</translation>
    </message>
    <message>
        <source>“{text}” came in place of a message.</source>
        <translation>Statt einer Nachricht kam „{text}“.</translation>
    </message>
    <message>
        <source>It is another version of Handscroll: install the same one on both computers.</source>
        <translation>Es ist eine andere Version von Handscroll: Installieren Sie auf beiden Rechnern dieselbe.</translation>
    </message>
    <message>
        <source>A message came that is too long to be one.</source>
        <translation>Es kam eine Nachricht, die zu lang ist, um eine zu sein.</translation>
    </message>
    <message>
        <source>A message of an unknown kind came ({kind}).</source>
        <translation>Es kam eine Nachricht unbekannter Art ({kind}).</translation>
    </message>
    <message>
        <source>A message came that cannot be read ({reason}).</source>
        <translation>Es kam eine Nachricht, die nicht zu lesen ist ({reason}).</translation>
    </message>
    <message>
        <source>the CPU was asked for</source>
        <translation>die CPU wurde gewünscht</translation>
    </message>
    <message>
        <source>no CUDA device found</source>
        <translation>kein CUDA-Gerät gefunden</translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n threads</source>
        <translation>
            <numerusform>CPU, %n Thread</numerusform>
            <numerusform>CPU, %n Threads</numerusform>
        </translation>
    </message>
    <message>
        <source>What this was to be painted from is gone. Remove it from the queue.</source>
        <translation>Woraus das gemalt werden sollte, ist nicht mehr da. Entfernen Sie es aus der Warteschlange.</translation>
    </message>
</context>
</TS>

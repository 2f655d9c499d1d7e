<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files in {folder}</source>
        <translation>
            <numerusform>%n file in {folder}</numerusform>
            <numerusform>%n files in {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>this picture, %n places</source>
        <translation>
            <numerusform>this picture, %n place</numerusform>
            <numerusform>this picture, %n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n patches</source>
        <translation>
            <numerusform>%n patch</numerusform>
            <numerusform>%n patches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames</source>
        <translation>
            <numerusform>%n frame</numerusform>
            <numerusform>%n frames</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are not painted yet: the still stands in for them.</source>
        <translation>
            <numerusform>%n frame is not painted yet: the still stands in for it.</numerusform>
            <numerusform>%n frames are not painted yet: the still stands in for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames are out of date and show what was painted before.</source>
        <translation>
            <numerusform>%n frame is out of date and shows what was painted before.</numerusform>
            <numerusform>%n frames are out of date and show what was painted before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Painting %n frames of {name}.</source>
        <translation>
            <numerusform>Painting %n frame of {name}.</numerusform>
            <numerusform>Painting %n frames of {name}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clips; {chosen}. {arrows}</source>
        <translation>
            <numerusform>%n clip; {chosen}. {arrows}</numerusform>
            <numerusform>%n clips; {chosen}. {arrows}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>CPU, %n threads</source>
        <translation>
            <numerusform>CPU, %n thread</numerusform>
            <numerusform>CPU, %n threads</numerusform>
        </translation>
    </message>
</context>
</TS>

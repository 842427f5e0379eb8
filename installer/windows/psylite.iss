; Inno Setup 6: an installer for one person, without administrator rights.
;   python installer\bundle.py
;   iscc /DVersion=0.1.0 installer\windows\psylite.iss
; Not run by us so far.

#ifndef Version
  #define Version "0.1.0"
#endif
#define Folder "PsyLite-" + Version + "-windows-x86_64"

[Setup]
AppId={{6D2C4B0E-2E0B-4B7B-9C07-5B1B8A0B6C55}
AppName=PsyLite
AppVersion={#Version}
AppPublisher=PsyLite project
DefaultDirName={localappdata}\Programs\PsyLite
PrivilegesRequired=lowest
DisableProgramGroupPage=yes
DisableWelcomePage=no
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
Compression=lzma2/max
SolidCompression=yes
OutputDir=..\..\dist
OutputBaseFilename=PsyLite-{#Version}-windows-x86_64-setup
UninstallDisplayIcon={app}\psylite-window.exe
LicenseFile=..\..\LICENSE
; The window would keep its files busy.
CloseApplications=yes
; The data of a person stands in %LOCALAPPDATA%\PsyLite and stays when the program goes.

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\..\dist\{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; An update is a new folder: nothing of the old version stays behind.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\PsyLite"; Filename: "{app}\psylite-window.exe"; Parameters: "run"
Name: "{autodesktop}\PsyLite"; Filename: "{app}\psylite-window.exe"; Parameters: "run"; Tasks: desktopicon

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Run]
Filename: "{app}\psylite-window.exe"; Parameters: "run"; Description: "{cm:LaunchProgram,PsyLite}"; Flags: nowait postinstall skipifsilent

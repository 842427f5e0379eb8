"""The 800 commonest English words of everyday talk and of counselling, apostrophes left out.

Counted in Synthetic-Persona-Chat, Topical-Chat and counsel-chat. Whoever tells something droll uses
words that are not among them: trumpets, ferrets, custard.
"""

from __future__ import annotations

_WORDS = """
    0 1 10 100 11 1916 2 222 3 4 5 a able about abuse action actor actual actually address
    afraid after again against age ago agree alex all allowed almost alone already also although
    always am amazing american an and angry animals another answer anxiety any anymore anyone
    anything anyway apparently appreciate are arent around as ask asking at attention average
    away awesome back bad ball band baseball based basketball batman be beach beat beautiful
    because become been before being believe benjarvus best bet better between bible big billion
    bit black body book books both bowl bowlers boyfriend brady bring build building business
    but by bye call called came camping can cannot cant car care career case cat cats certainly
    chance change changed character characters chat chatting check cheerleaders child children
    chips choice city classic client close coach college color come comedy comes comfortable
    comic comics coming common company concerts consider considered control conversation cook
    cool could couldnt counseling counselor country couple course crazy create created cry
    cumberland cup dad daughter day days dc de deal decide decision definitely depression did
    didnt difference different difficult disney do doctor does doesnt dog dogs doing done dont
    down during each earnings easy eat eating either ellis else emmy emotional emotions end
    engineer engineers enjoy enough especially espn even ever every everyone everything ex
    exactly example excited experience explore fact family fan fans fantasy far favorite
    favorites fear feel feeling feelings feels felt female few fiction field figure film films
    find first focus follow food football for forward found free friend friends from full
    fumbled fun funny future game gameplay games georgia get gets getting girl give glad go goes
    going good got great green grow guess guy ha had haha hand handed hang happen happened happy
    hard has have havent having he head health healthy hear heard hello help helpful helping
    helps her here hes hey hi high highest hiking him his historical history hobbies home hope
    horror horses hours house how however huge human hurt husband i ice id idea if ill im
    imagine important impressive in information instead interested interesting into invented
    iowa is isnt issue issues it its ive job john just keep kid kids kind kinds knew know la
    last later law league learn learned learning least leave left less let life lifetime like
    liked likely line listen listening little live lives living local locker lol long longer
    look looking lost lot lots love loved low luck made make makes making man many marriage
    married marvel may maybe me mean means meet men mental met might million mind minutes mom
    money more most mostly mother move movie movies much music must my myself n name named names
    need needs nervous never new next nfl nice night no normal not nothing now of off office
    often oh ok okay old on once one ones only open or order other others our out outside over
    own pads paid painted panther parents park part partner past patriots pay people perfect
    perhaps person pets phone physical piano pick pink place places plan play played player
    players playing plays point popular possible president pretty pro probably problem problems
    process professional put qb quarterback que question questions quite radio rather read
    reading real realize really reason recently recommend recommendation record relationship
    relationships relax remember restaurant rewarding ride right rights rock role room rule
    rules run running s sad safe said saints same saw say saying says scary school science score
    season second see seeing seem seems seen self sense series set sex sexual she shes short
    should shoulder show shows similar since sing situation small smart smith so soccer social
    some someone something sometime sometimes son song songs soon sorry sound sounds space
    speaking spend spending sport sports star stars start started state stay step still stop
    story strange stress stuff such super superbowl superhero superheroes support sure surprised
    take takes taking talk talking teach teacher team teams tech technology tell tennis than
    thank thanks that thats the their them themselves then therapist therapy there theres these
    they theyre thing things think thinking this those though thought thoughts three through
    time times to today together told tom too took top tough track tracking travel tried true
    trust try trying tv twice two type under understand universe university until up us use used
    user using usually very video visit walk walks want wanted wants war wars was wasnt watch
    watched watching way ways we wear week weekend weird welcome well went were what whats when
    where whether which while who whole why wife will willing win wish with without woman women
    won wonder wont work working works world worth would wouldnt wow write written wrong wrote y
    ya yea yeah year years yellow yep yes yet you youd youll young your youre yourself youve
"""
COMMON = frozenset(_WORDS.split())

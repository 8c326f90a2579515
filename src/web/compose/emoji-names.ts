// Common emoji with names to search by.
const GROUPS = {
  emojiSmileys:
    'grin 😀,laugh 😄,joy 😂,rofl 🤣,smile 🙂,wink 😉,blush 😊,hearts 🥰,love 😍,kiss 😘,tongue 😛,think 🤔,neutral 😐,smirk 😏,roll 🙄,relief 😌,sleepy 😴,sick 🤒,cool 😎,nerd 🤓,party 🥳,worried 😟,sad 🙁,cry 😢,sob 😭,plead 🥺,angry 😠,rage 😡,shock 😱,blank 😶,melt 🫠,salute 🫡,hug 🤗,shush 🤫,zip 🤐,mindblown 🤯,hot 🥵,cold 🥶,dizzy 😵,mask 😷,halo 😇,clown 🤡,ghost 👻,robot 🤖,cat 😺',
  emojiPeople:
    'wave 👋,ok 👌,victory ✌️,fingers 🤞,point 👉,up 👍,down 👎,fist ✊,clap 👏,raise 🙌,pray 🙏,write ✍️,strong 💪,eyes 👀,brain 🧠,shrug 🤷,facepalm 🤦,run 🏃,dance 💃,bike 🚴,swim 🏊,climb 🧗,family 👪,baby 👶,gardener 🧑‍🌾,cook 🧑‍🍳,artist 🧑‍🎨,teacher 🧑‍🏫,friends 🧑‍🤝‍🧑,speak 🗣️',
  emojiNature:
    'dog 🐶,cat 🐱,mouse 🐭,fox 🦊,bear 🐻,panda 🐼,frog 🐸,monkey 🐵,bird 🐦,owl 🦉,duck 🦆,bee 🐝,butterfly 🦋,snail 🐌,turtle 🐢,octopus 🐙,fish 🐟,whale 🐋,horse 🐴,goat 🐐,hedgehog 🦔,elephant 🐘,mammoth 🦣,rose 🌹,tulip 🌷,sunflower 🌻,seedling 🌱,tree 🌳,leaf 🍃,autumn 🍂,mushroom 🍄,cactus 🌵,sun ☀️,cloud ☁️,rain 🌧️,snow ❄️,rainbow 🌈,moon 🌙,star ⭐,fire 🔥,water 💧,earth 🌍',
  emojiFood:
    'apple 🍎,pear 🍐,lemon 🍋,strawberry 🍓,grapes 🍇,tomato 🍅,carrot 🥕,bread 🍞,croissant 🥐,cheese 🧀,egg 🥚,pancakes 🥞,pizza 🍕,burger 🍔,taco 🌮,salad 🥗,soup 🍲,noodles 🍜,sushi 🍣,cake 🍰,birthday 🎂,cookie 🍪,chocolate 🍫,ice 🍦,coffee ☕,tea 🍵,beer 🍺,wine 🍷,cheers 🥂,salt 🧂',
  emojiThings:
    'gift 🎁,balloon 🎈,tada 🎉,book 📖,books 📚,pencil ✏️,camera 📷,film 🎬,music 🎵,guitar 🎸,piano 🎹,art 🎨,game 🎮,ball ⚽,medal 🏅,trophy 🏆,bicycle 🚲,train 🚆,bus 🚌,car 🚗,plane ✈️,rocket 🚀,boat ⛵,house 🏠,tent ⛺,phone 📱,laptop 💻,keyboard ⌨️,bulb 💡,tools 🛠️,key 🔑,lock 🔒,mail ✉️,calendar 📅,pin 📌,clip 📎,scissors ✂️,umbrella ☂️,glasses 👓,money 💶',
  emojiSigns:
    'heart ❤️,orange 🧡,yellow 💛,green 💚,blue 💙,purple 💜,black 🖤,broken 💔,sparkles ✨,boom 💥,hundred 💯,check ✅,cross ❌,warning ⚠️,question ❓,exclamation ❗,plus ➕,arrow ➡️,recycle ♻️,peace ☮️,trans 🏳️‍⚧️,pride 🏳️‍🌈,white 🏳️,no 🚫,zzz 💤,speech 💬,infinity ♾️,copyright ©️',
} as const

export interface NamedEmoji {
  name: string
  emoji: string
}

export type EmojiGroup = keyof typeof GROUPS

function parse(list: string): NamedEmoji[] {
  return list.split(',').map((entry) => {
    const space = entry.indexOf(' ')
    return { name: entry.slice(0, space), emoji: entry.slice(space + 1) }
  })
}

export const EMOJI_GROUPS = Object.entries(GROUPS).map(([group, list]) => ({
  group: group as EmojiGroup,
  emojis: parse(list),
}))
